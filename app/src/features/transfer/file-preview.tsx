import { useState } from 'react';
import { fileErrorMessage, refusalMessage } from './csv/csv-messages.ts';
import type { ImportPlan } from './csv/import-plan.ts';
import { DoneNote } from './done-note.tsx';
import { FileSummary } from './file-summary.tsx';
import { ImportBar } from './import-bar.tsx';
import { type PreviewRow } from './import-rows.ts';
import { MappingForm } from './mapping-form.tsx';
import { PreviewRows } from './preview-rows.tsx';
import { useImportPlan } from './use-import-plan.ts';
import { useImportRun } from './use-import-run.ts';
import { words } from './words.ts';

type FilePreviewProps = { file: File; onChooseAnother: () => void };

/** A file as it will be read, row by row, with everything that may be changed about it. */
export const FilePreview = ({ file, onChooseAnother }: FilePreviewProps) => {
  const run = useImportRun(file);
  const { read, setMapping } = useImportPlan(file, run.importId);
  // Lines the person decided about against the default: entries that are here already are left out, others taken.
  const [flipped, setFlipped] = useState<ReadonlySet<number>>(new Set());

  if (run.state.type === 'done')
    return <DoneNote file={file} count={run.state.count} onChooseAnother={onChooseAnother} />;
  if (read.type !== 'read')
    return (
      <div className="page">
        <header className="top">
          <h1>{words.title}</h1>
        </header>
        <main id="main" className="wrap">
          <h2 className="claim break">{read.type === 'reading' ? words.reading : file.name}</h2>
          {read.type !== 'reading' && (
            <>
              <p role="alert" className="bad file-error">
                {read.type === 'refused' ? fileErrorMessage(read.error) : words.unreadable}
              </p>
              <button type="button" className="btn" onClick={onChooseAnother}>
                {words.chooseAnother}
              </button>
            </>
          )}
        </main>
      </div>
    );

  const { plan, options } = read;
  const isTaken = (line: number) => plan.duplicateLines.has(line) === flipped.has(line);
  const flip = (line: number) => {
    const next = new Set(flipped);
    if (!next.delete(line)) next.add(line);
    setFlipped(next);
  };
  const taken = plan.entries.filter((entry) => isTaken(entry.line));
  return (
    <main id="main" className="panes narrow import-panes">
      <section className="pane import-side" aria-label={words.howRead}>
        <FileSummary file={file} plan={plan} onChooseAnother={onChooseAnother} />
        <MappingForm plan={plan} options={options} onChange={setMapping} />
      </section>
      <section className="pane import-main" aria-label={words.rows}>
        <PreviewRows rows={previewRows(plan)} isTaken={isTaken} onFlip={flip} />
        <ImportBar plan={plan} taken={taken} run={run} />
      </section>
    </main>
  );
};

/** Entries and refused rows in the order of the file. */
const previewRows = (plan: ImportPlan): readonly PreviewRow[] =>
  [
    ...plan.entries.map((entry) => ({
      type: 'entry' as const,
      line: entry.line,
      entry,
      isKnown: plan.duplicateLines.has(entry.line),
    })),
    ...plan.refused.map(({ line, reason, cells }) => ({
      type: 'refused' as const,
      line,
      why: refusalMessage(reason),
      cells,
    })),
  ].sort((a, b) => a.line - b.line);
