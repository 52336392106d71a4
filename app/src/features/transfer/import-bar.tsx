import { useFormat } from '../../ui/format-context.tsx';
import { saveErrorSentence } from '../../ui/save-error-words.ts';
import type { ImportPlan } from './csv/import-plan.ts';
import type { CsvEntry } from './csv/rows-to-entries.ts';
import { fileSums, importRowsOf } from './import-rows.ts';
import type { ImportRun } from './use-import-run.ts';
import { words } from './words.ts';

type ImportBarProps = { plan: ImportPlan; taken: readonly CsvEntry[]; run: ImportRun };

/** What pressing the button will do, in numbers, and how it goes. */
export const ImportBar = ({ plan, taken, run: { state, start } }: ImportBarProps) => {
  const format = useFormat();
  if (state.type === 'running')
    return (
      <div className="import-bar" role="status">
        <p className="medium">
          {words.importing(format.count(state.progress.done), format.count(state.progress.total))}
        </p>
        <progress value={state.progress.done} max={state.progress.total} aria-label={words.title} />
        <p className="t-12 ink-3">{words.importingWhy}</p>
      </div>
    );
  const leftOut = plan.entries.length - taken.length;
  return (
    <div className="import-bar">
      {state.type === 'failed' && (
        <p role="alert" className="bad">
          {saveErrorSentence(state.error)}
        </p>
      )}
      <button
        type="button"
        className="btn btn-main"
        disabled={taken.length === 0}
        onClick={() => void start(importRowsOf(taken))}
      >
        {state.type === 'failed' ? words.tryAgain : words.importEntries(taken.length, format.count(taken.length))}
      </button>
      <p>
        {fileSums(taken)
          .map((sum) =>
            words.spentAndIn(format.coded(sum.spentMinor, sum.currency), format.coded(sum.incomeMinor, sum.currency)),
          )
          .join('; ')}
        <span className="sub">
          {words.keptAside(format.count(plan.refused.length), format.count(leftOut))}. {words.reversible}.
        </span>
      </p>
    </div>
  );
};
