import type { EntryHistory } from '../../model/history.ts';
import type { Notice } from '../../model/ledger.ts';
import { authorText } from '../../ui/value-words.ts';
import { HistoryLink } from './history-link.tsx';
import { useNoticedRecord } from './use-noticed-record.ts';
import { useResolve } from './use-resolve.ts';
import { words } from './words.ts';

/** Deleted on one device while another changed it: it stayed, and somebody decides whether it should. */
export const MetDeleteCard = ({ notice }: { notice: Notice & { readonly type: 'editMetDelete' } }) => {
  const record = useNoticedRecord(notice.key);
  const { resolve } = useResolve(notice);
  if (!record) return null;
  const { history, title } = record;
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
        <HistoryLink record={record} />
      </div>
    </section>
  );
};

const authorOf = ({ events }: EntryHistory, identity: string): string => {
  const author = events.find((event) => event.identity === identity)?.author;
  return author ? authorText(author) : words.otherDevice;
};
