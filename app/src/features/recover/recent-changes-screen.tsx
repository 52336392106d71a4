import { recordKey } from '@fintrack/sync-core/protocol';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { type ChangeSummary, type DeletedEntry, isEntryKind } from '../../model/history.ts';
import { deletedEntriesQuery, recentChangesQuery } from '../../model/past-queries.ts';
import { useServices, useSyncStatus } from '../../model/services-context.tsx';
import { useNow } from '../../model/use-now.ts';
import '../../ui/parts.css';
import { saveErrorSentence } from '../../ui/save-error-words.ts';
import { StateLink } from '../../ui/state-link.tsx';
import { summaryWords } from '../../ui/summary-words.ts';
import { useToast } from '../../ui/toast.tsx';
import { useTitle } from '../../ui/use-title.ts';
import { useValueContext } from '../../ui/use-value-context.ts';
import { authorText } from '../../ui/value-words.ts';
import './recover.css';
import { undoneSentence, words } from './words.ts';

const pageLength = 20;

/** What was deleted and changed lately, on any device, each with its way back. */
export const RecentChangesScreen = () => {
  const status = useSyncStatus();
  const now = useNow();
  useTitle(words.changes);
  return (
    <div className="page scrolls">
      <header className="top">
        <h1>{words.changes}</h1>
        <StateLink status={status} now={now} />
      </header>
      <main id="main">
        <p className="wrap ink-2">{words.changesLead}</p>
        <Deleted now={now} />
        <Lately now={now} />
      </main>
    </div>
  );
};

const Deleted = ({ now }: { now: number }) => {
  const { ledger } = useServices();
  const [limit, setLimit] = useState(pageLength);
  const { data } = useQuery({ ...deletedEntriesQuery(ledger, limit), placeholderData: (before) => before });
  if (!data) return null;
  return (
    <section className="sect" aria-labelledby="deleted">
      <div className="sect-head">
        <h2 id="deleted">{words.deleted}</h2>
      </div>
      {data.entries.length === 0 && <p className="ink-2">{words.nothingDeleted}</p>}
      <ul className="rows">
        {data.entries.map((entry) => (
          <DeletedRow key={recordKey(entry.kind, entry.id)} entry={entry} now={now} />
        ))}
      </ul>
      {data.hasMore && <More onMore={() => setLimit(limit + pageLength)} />}
    </section>
  );
};

const DeletedRow = ({ entry, now }: { entry: DeletedEntry; now: number }) => {
  const { ledger } = useServices();
  const { format } = useValueContext();
  const toast = useToast();
  const title = entry.title || words.untitled;
  const restore = async () => {
    const restored = await ledger.restoreEntry(entry.kind, entry.id);
    toast({ text: restored.ok ? words.restored(title) : saveErrorSentence(restored.error) });
  };
  return (
    <li className="past">
      <span>
        <span className="clip">{title}</span>
        <span className="sub">{words.deletedAt(format.ago(entry.deletedAt, now), authorText(entry.deletedBy))}</span>
      </span>
      <span className="n ink-2">{format.coded(entry.amountMinor, entry.currency)}</span>
      <span className="do">
        <Link className="act" href={historyHref(entry.kind, entry.id)} aria-label={words.historyOf(title)}>
          {words.history}
        </Link>
        <button type="button" className="act" aria-label={words.restoreNamed(title)} onClick={() => void restore()}>
          {words.restore}
        </button>
      </span>
    </li>
  );
};

const Lately = ({ now }: { now: number }) => {
  const { ledger } = useServices();
  const [limit, setLimit] = useState(pageLength);
  const { data } = useQuery({ ...recentChangesQuery(ledger, limit), placeholderData: (before) => before });
  if (!data) return null;
  return (
    <section className="sect" aria-labelledby="lately">
      <div className="sect-head">
        <h2 id="lately">{words.changed}</h2>
      </div>
      {data.length === 0 && <p className="ink-2">{words.nothingChanged}</p>}
      <ul className="rows">
        {data.map((change) => (
          <ChangeRow key={change.identity} change={change} now={now} />
        ))}
      </ul>
      {data.length >= limit && <More onMore={() => setLimit(limit + pageLength)} />}
    </section>
  );
};

const ChangeRow = ({ change, now }: { change: ChangeSummary; now: number }) => {
  const { ledger } = useServices();
  const context = useValueContext();
  const toast = useToast();
  const { title, what, amount } = summaryWords(change, context);
  const undo = async () => {
    const undone = await ledger.undoChange(change.kind, change.id, change.identity);
    toast({ text: undone.ok ? undoneSentence(undone.value, title) : saveErrorSentence(undone.error) });
  };
  return (
    <li className="past">
      <span>
        <span className="clip">{title}</span>
        <span className="sub">
          {words.by(what, context.format.ago(change.at, now), authorText(change.author))}
          {change.receivedAt === null && <Waits />}
        </span>
      </span>
      <span className="n ink-2">{amount}</span>
      <span className="do">
        {isEntryKind(change.kind) && (
          <Link className="act" href={historyHref(change.kind, change.id)} aria-label={words.historyOf(title)}>
            {words.history}
          </Link>
        )}
        {change.othersCount === 0 && (
          <button type="button" className="act" aria-label={words.undoNamed(what, title)} onClick={() => void undo()}>
            {words.undo}
          </button>
        )}
      </span>
    </li>
  );
};

/** Not said where there is no account to wait for. */
const Waits = () => {
  const { phase } = useSyncStatus();
  return phase.type === 'localOnly' ? null : <>, {words.waits}</>;
};

const More = ({ onMore }: { onMore: () => void }) => (
  <p className="btn-row">
    <button type="button" className="btn" onClick={onMore}>
      {words.more}
    </button>
  </p>
);

const historyHref = (kind: string, id: string): string => `/entry/${kind}/${id}/history`;
