import { recordKey, sameJson } from '@fintrack/sync-core/protocol';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { EntryHistory, HistoryEvent, LoggedChange } from '../../model/history.ts';
import type { EntryKind } from '../../model/ledger.ts';
import { historyQuery } from '../../model/past-queries.ts';
import { useServices, useSessionState, useSyncStatus } from '../../model/services-context.tsx';
import { Icon } from '../../ui/icon.tsx';
import { rejectionSentence } from '../../ui/rejection-words.ts';
import { saveErrorSentence } from '../../ui/save-error-words.ts';
import { Sheet } from '../../ui/sheet.tsx';
import { useToast } from '../../ui/toast.tsx';
import { useTitle } from '../../ui/use-title.ts';
import { useValueContext } from '../../ui/use-value-context.ts';
import { authorText, recordName } from '../../ui/value-words.ts';
import { eventLines } from './event-lines.ts';
import './recover.css';
import { eventTitle, words } from './words.ts';

type HistorySheetProps = { kind: EntryKind; id: string; onClose: () => void };

/** Every version of one entry, newest first, each to be had back. */
export const HistorySheet = ({ kind, id, onClose }: HistorySheetProps) => {
  const { ledger } = useServices();
  const context = useValueContext();
  const [older, setOlder] = useState<readonly LoggedChange[]>();
  const { data: history } = useQuery({
    ...historyQuery(ledger, kind, id, older),
    placeholderData: (before) => before,
  });
  const title = history ? recordName(recordKey(kind, id), nameValues(history), context) : words.anEntry;
  useTitle(words.historyOf(title));
  return (
    <Sheet label={words.historyOf(title)} onClose={onClose}>
      <div className="sheet-head">
        <h2 className="t-17 clip">{words.historyOf(title)}</h2>
        <button type="button" className="icon-btn" aria-label={words.close} onClick={onClose}>
          <Icon name="close" />
        </button>
      </div>
      {history && <Events history={history} />}
      {history && !history.isWhole && <Older kind={kind} id={id} isAsked={older !== undefined} onOlder={setOlder} />}
    </Sheet>
  );
};

/** Of an entry whose values are not here any more, those of its last version. */
const nameValues = ({ shown, events }: EntryHistory) =>
  Object.keys(shown).length > 0 ? shown : (events[0]?.values ?? {});

const Events = ({ history }: { history: EntryHistory }) => (
  <>
    {history.isDeleted && <p className="ink-2 history-note">{words.isDeleted}</p>}
    {history.events.length === 0 && <p className="ink-2 history-note">{words.noHistory}</p>}
    <ol className="history">
      {history.events.map((event) => (
        <Event key={event.identity} event={event} history={history} />
      ))}
    </ol>
  </>
);

const Event = ({ event, history }: { event: HistoryEvent; history: EntryHistory }) => {
  const context = useValueContext();
  const { format } = context;
  const { phase } = useSyncStatus();
  const taken =
    event.receivedAt !== null
      ? words.takenAt(format.instant(event.receivedAt))
      : phase.type === 'localOnly'
        ? ''
        : words.notTaken;
  return (
    <li>
      <p className="medium">{eventTitle(event.what, authorText(event.author))}</p>
      <p className="t-12 ink-3">{[format.instant(event.at), taken].filter((part) => part !== '').join(', ')}</p>
      <ul>
        {eventLines(event, context).map(({ text, isLost }) => (
          <li key={text} className={isLost ? 't-13 lost' : 't-13'}>
            {text}
          </li>
        ))}
      </ul>
      {event.reason && (
        <p className="t-13 bad">
          {rejectionSentence(event.reason, (bytes) => `${format.count(Math.floor(bytes / 1000))} kB`)}
        </p>
      )}
      {event.metDelete && <p className="t-13 ink-2">{words.metDelete}</p>}
      {event.what === 'deleteMissed' && <p className="t-13 ink-2">{words.deleteMissed}</p>}
      <WayBack event={event} history={history} />
    </li>
  );
};

/** A refused version is no way back: it would be refused again. */
const WayBack = ({ event, history }: { event: HistoryEvent; history: EntryHistory }) => {
  const { ledger } = useServices();
  const { format } = useValueContext();
  const toast = useToast();
  if (event.what === 'refused' || event.what === 'deleted' || event.what === 'deleteMissed') return null;
  if (!history.isDeleted && isCurrent(event, history)) return <p className="t-12 ink-3">{words.isCurrent}</p>;
  const restore = async () => {
    const restored = await ledger.restoreVersion(history, event);
    toast({ text: restored.ok ? words.versionRestored : saveErrorSentence(restored.error) });
  };
  return (
    <button
      type="button"
      className="act"
      aria-label={words.restoreVersionOf(format.instant(event.at))}
      onClick={() => void restore()}
    >
      {words.restoreVersion}
    </button>
  );
};

const isCurrent = ({ values }: HistoryEvent, { shown }: EntryHistory): boolean =>
  Object.entries(values).every(([group, value]) => sameJson(value, shown[group] ?? null));

type OlderProps = {
  kind: EntryKind;
  id: string;
  isAsked: boolean;
  onOlder: (older: readonly LoggedChange[]) => void;
};

const Older = ({ kind, id, isAsked, onOlder }: OlderProps) => {
  const { olderHistory } = useServices().serverLedger;
  const isSignedIn = useSessionState().type === 'signedIn';
  const [state, setState] = useState<'idle' | 'loading' | 'unreachable' | 'signInNeeded'>('idle');
  if (isAsked) return null;
  const load = async () => {
    if (state === 'loading') return;
    setState('loading');
    const answered = await olderHistory(recordKey(kind, id));
    if (answered.ok) onOlder(answered.value);
    else setState(answered.error.type);
  };
  const problem = state === 'unreachable' || state === 'signInNeeded' ? words[state] : undefined;
  return (
    <section className="history-note">
      <p className="medium">{words.older}</p>
      <p className="t-13 ink-2">
        {words.olderWhy} {isSignedIn ? '' : words.olderElsewhere}
      </p>
      {problem && (
        <p role="alert" className="t-13 bad">
          {problem}
        </p>
      )}
      {isSignedIn && (
        <p className="btn-row">
          <button type="button" className="btn" onClick={() => void load()}>
            {state === 'loading' ? words.loading : words.loadOlder}
          </button>
        </p>
      )}
    </section>
  );
};
