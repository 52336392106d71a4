import { useState } from 'react';
import { useServices, useUpdateReady } from '../model/services-context.tsx';
import { OverSheets } from '../ui/sheet-stack.tsx';

const words = {
  ready: 'A new version is ready.',
  kept: 'Your open draft is kept.',
  later: 'Later',
  update: 'Update',
};

/** Waits for consent; nothing reloads by itself. */
export const UpdateToast = () => {
  const { update } = useServices();
  const isReady = useUpdateReady();
  const [isPutOff, setPutOff] = useState(false);
  if (!isReady || isPutOff) return null;
  return (
    <OverSheets>
      <div className="toast-place update" role="status">
        <div className="toast">
          <span className="two">
            {words.ready} <span className="quiet">{words.kept}</span>
          </span>
          <span className="acts">
            <button type="button" onClick={() => setPutOff(true)}>
              {words.later}
            </button>
            <button type="button" onClick={() => update.apply()}>
              {words.update}
            </button>
          </span>
        </div>
      </div>
    </OverSheets>
  );
};
