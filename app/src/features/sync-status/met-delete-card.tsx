import { idOfKey, kindOfKey } from '@fintrack/sync-core/protocol';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { type EntryHistory, isEntryKind } from '../../model/history.ts';
import type { Notice } from '../../model/ledger.ts';
import { historyQuery } from '../../model/past-queries.ts';
import { useServices } from '../../model/services-context.tsx';
import { useValueContext } from '../../ui/use-value-context.ts';
import { authorText, recordName } from '../../ui/value-words.ts';
import { useResolve } from './use-resolve.ts';
import { words } from './words.ts';

/** Deleted on one device while another changed it: it stayed, and somebody decides whether it should. */
export const MetDeleteCard = ({ notice }: { notice: Notice & { readonly type: 'editMetDelete' } }) => {
  const { ledger } = useServices();
  const context = useValueContext();
  const [kind, id] = [kindOfKey(notice.key), idOfKey(notice.key)];
  const { data: history } = useQuery(historyQuery(ledger, kind, id));
  const { resolve } = useResolve(notice);
  if (!history) return null;
  const title = recordName(notice.key, history.shown, context);
  const deleter = authorOf(history, notice.deletion);
  const editor = authorOf(history, notice.edit);
  return (
    <section className="notice" aria-label={words.metDeleteOf(title)}>
      <h3 className="medium">{words.metDeleteOf(title)}</h3>
      <p className="t-13 ink-2">{history.isDeleted ? words.metDeleteGone : words.metDeleteWhy(deleter, editor)}</p>
      <div className="do">
        <button type="button" className="act" onClick={() => resolve({ type: 'keep' })}>
          {history.isDeleted ? words.understood : words.keepIt}
        </button>
        {!history.isDeleted && (
          <button
            type="button"
            className="act"
            onClick={() => resolve({ type: 'delete', sight: history.sight }, words.deletedIt(title))}
          >
            {words.deleteIt}
          </button>
        )}
        {isEntryKind(kind) && (
          <Link className="act" href={`/entry/${kind}/${id}/history`} aria-label={words.historyOf(title)}>
            {words.history}
          </Link>
        )}
      </div>
    </section>
  );
};

const authorOf = ({ events }: EntryHistory, identity: string): string => {
  const author = events.find((event) => event.identity === identity)?.author;
  return author ? authorText(author) : words.otherDevice;
};
