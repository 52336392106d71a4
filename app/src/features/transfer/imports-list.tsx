import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ImportSummary, Progress } from '../../model/ledger.ts';
import { importsQuery } from '../../model/ledger-queries.ts';
import { useServices } from '../../model/services-context.tsx';
import { useFormat } from '../../ui/format-context.tsx';
import { saveErrorSentence } from '../../ui/save-error-words.ts';
import { useToast } from '../../ui/toast.tsx';
import { words } from './words.ts';

/** Files that were imported before, each of which can be taken back whole. */
export const ImportsList = () => {
  const { ledger } = useServices();
  const { data: imports = [] } = useQuery(importsQuery(ledger));
  if (imports.length === 0) return null;
  return (
    <section className="sect" aria-labelledby="imports">
      <div className="sect-head">
        <h2 id="imports">{words.imports}</h2>
      </div>
      <ul className="rows">
        {imports.map((each) => (
          <Imported key={each.id} summary={each} />
        ))}
      </ul>
    </section>
  );
};

const Imported = ({ summary }: { summary: ImportSummary }) => {
  const { ledger } = useServices();
  const format = useFormat();
  const toast = useToast();
  const [isAsking, setAsking] = useState(false);
  const [progress, setProgress] = useState<Progress>();
  const takeBack = async () => {
    setAsking(false);
    setProgress({ done: 0, total: summary.entryCount });
    const undone = await ledger.undoImport(summary.id, setProgress);
    setProgress(undefined);
    toast({ text: undone.ok ? words.tookBack(summary.fileName) : saveErrorSentence(undone.error) });
  };
  return (
    <li className="imported">
      <span className="break">
        {summary.fileName}
        <span className="sub">
          {words.importedOn(format.instant(summary.at), format.count(summary.entryCount), format.count(summary.rows))}
        </span>
      </span>
      {progress ? (
        <progress value={progress.done} max={progress.total} aria-label={words.takingBack} />
      ) : summary.entryCount === 0 ? (
        <span className="ink-3">{words.allTakenBack}</span>
      ) : isAsking ? (
        <span className="btn-row imported-ask" role="alert">
          <span>{words.takeBackAsk(format.count(summary.entryCount))}</span>
          <button type="button" className="btn" onClick={() => void takeBack()}>
            {words.takeBackYes}
          </button>
          <button type="button" className="btn" onClick={() => setAsking(false)}>
            {words.keep}
          </button>
        </span>
      ) : (
        <button type="button" className="act imported-act" onClick={() => setAsking(true)}>
          {words.takeBack}
        </button>
      )}
    </li>
  );
};
