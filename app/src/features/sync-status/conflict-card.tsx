import { idOfKey, kindOfKey } from '@fintrack/sync-core/protocol';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { isEntryKind } from '../../model/history.ts';
import type { Notice } from '../../model/ledger.ts';
import { historyQuery } from '../../model/past-queries.ts';
import { useServices } from '../../model/services-context.tsx';
import { useValueContext } from '../../ui/use-value-context.ts';
import { recordName } from '../../ui/value-words.ts';
import { useResolve } from './use-resolve.ts';
import { VersusTable } from './versus-table.tsx';
import { versionsOf } from './versions.ts';
import { words } from './words.ts';

/** Both versions of what two devices changed, without a default: neither is preferred. */
export const ConflictCard = ({ notice }: { notice: Notice & { readonly type: 'conflict' } }) => {
  const { ledger } = useServices();
  const context = useValueContext();
  const [kind, id] = [kindOfKey(notice.key), idOfKey(notice.key)];
  const { data: history } = useQuery(historyQuery(ledger, kind, id));
  const { resolve, isBusy } = useResolve(notice);
  if (!history) return null;
  const versions = versionsOf(notice.lost, history);
  const title = recordName(notice.key, history.shown, context);
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
        {isEntryKind(kind) && (
          <Link className="act" href={`/entry/${kind}/${id}/history`} aria-label={words.historyOf(title)}>
            {words.history}
          </Link>
        )}
      </div>
    </section>
  );
};
