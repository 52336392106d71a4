import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ChangeSummary } from '../../model/history.ts';
import { waitingQuery } from '../../model/past-queries.ts';
import { useServices, useToday } from '../../model/services-context.tsx';
import { summaryWords } from '../../ui/summary-words.ts';
import { useToast } from '../../ui/toast.tsx';
import { useValueContext } from '../../ui/use-value-context.ts';
import { words } from './words.ts';

const pageLength = 10;

/** What no server has yet, in the order in which it is sent. */
export const WaitingList = ({ count, now }: { count: number; now: number }) => {
  const { ledger } = useServices();
  const { format } = useValueContext();
  const [limit, setLimit] = useState(pageLength);
  const { data } = useQuery({ ...waitingQuery(ledger, 1, limit), placeholderData: (before) => before });
  if (!data || data.changes.length === 0) return null;
  return (
    <section className="sect" aria-labelledby="waiting">
      <div className="sect-head">
        <h2 id="waiting">{words.waitingList}</h2>
        <span>{format.count(count)}</span>
      </div>
      <ol className="rows lines">
        {data.changes.map((change) => (
          <WaitingRow key={change.identity} change={change} now={now} />
        ))}
      </ol>
      <p className="btn-row">
        {data.next !== null && (
          <button type="button" className="btn" onClick={() => setLimit(limit + 5 * pageLength)}>
            {words.more}
          </button>
        )}
        <SaveWaiting />
      </p>
    </section>
  );
};

const WaitingRow = ({ change, now }: { change: ChangeSummary; now: number }) => {
  const context = useValueContext();
  const { title, what, amount } = summaryWords(change, context);
  return (
    <li className="line-row">
      <span>
        <span className="clip">{title}</span>
        <span className="sub">{words.whatWhen(what, context.format.ago(change.at, now))}</span>
      </span>
      <span className="n ink-2">{amount}</span>
    </li>
  );
};

const SaveWaiting = () => {
  const { ledger, saveFile } = useServices();
  const today = useToday();
  const toast = useToast();
  const save = async () => {
    try {
      const text = await ledger.exportWaiting();
      saveFile({ name: `fintrack-waiting-${today}.json`, type: 'application/json', text });
    } catch {
      toast({ text: words.fileFailed });
    }
  };
  return (
    <button type="button" className="btn" onClick={() => void save()}>
      {words.saveWaiting}
    </button>
  );
};
