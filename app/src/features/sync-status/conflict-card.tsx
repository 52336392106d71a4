import { isEntryKind } from '../../model/history.ts';
import type { Notice } from '../../model/ledger.ts';
import { HistoryLink } from './history-link.tsx';
import { useNoticedRecord } from './use-noticed-record.ts';
import { useResolve } from './use-resolve.ts';
import { VersusTable } from './versus-table.tsx';
import { versionsOf } from './versions.ts';
import { words } from './words.ts';

/** Both versions of what two devices changed, without a default: neither is preferred. */
export const ConflictCard = ({ notice }: { notice: Notice & { readonly type: 'conflict' } }) => {
  const record = useNoticedRecord(notice.key);
  const { resolve, isBusy } = useResolve(notice);
  if (!record) return null;
  const { kind, history, title } = record;
  const versions = versionsOf(notice.lost, history);
  const take = () => resolve({ type: 'take', values: versions.lost, sight: history.sight }, words.taken(title));
  return (
    <section className="notice" aria-label={words.conflictOf(title)}>
      <h3 className="medium">{words.conflictOf(title)}</h3>
      <p className="t-13 ink-2">{versions.isDifferent ? words.conflictWhy : words.conflictOver}</p>
      {versions.isDifferent && (
        <VersusTable
          versions={versions}
          isBusy={isBusy}
          onKeep={() => resolve({ type: 'keep' }, words.kept(title))}
          onTake={take}
        />
      )}
      <div className="do">
        {!versions.isDifferent && (
          <button type="button" className="act" onClick={() => resolve({ type: 'keep' })}>
            {words.understood}
          </button>
        )}
        {versions.isDifferent && isEntryKind(kind) && !history.isDeleted && (
          <button
            type="button"
            className="act"
            onClick={() => resolve({ type: 'keepBoth', values: versions.lost }, words.keptBoth)}
          >
            {words.keepBoth}
          </button>
        )}
        <HistoryLink record={record} />
      </div>
    </section>
  );
};
