import { useFormat } from '../../ui/format-context.tsx';
import { doubtMessage } from './csv/csv-messages.ts';
import type { ImportPlan } from './csv/import-plan.ts';
import { words } from './words.ts';

type FileSummaryProps = { file: File; plan: ImportPlan; onChooseAnother: () => void };

export const FileSummary = ({ file, plan, onChooseAnother }: FileSummaryProps) => {
  const format = useFormat();
  const dates = plan.entries.map((entry) => entry.date).sort();
  const [from, to] = [dates[0], dates.at(-1)];
  const rows = format.count(plan.table.rows.length);
  return (
    <div className="file-summary">
      <h1 className="t-17 break">{file.name}</h1>
      <p className="ink-2">
        {from && to ? words.fileLead(rows, format.fullDay(from), format.fullDay(to)) : words.fileLeadPlain(rows)}
      </p>
      <button type="button" className="act reach" onClick={onChooseAnother}>
        {words.chooseAnother}
      </button>
      {plan.mapping.doubts.length > 0 && (
        <div className="doubts">
          <h2 className="medium warn">{words.checks}</h2>
          <ul>
            {plan.mapping.doubts.map((doubt) => (
              <li key={doubtMessage(doubt)} className="t-13">
                {doubtMessage(doubt)}
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
};
