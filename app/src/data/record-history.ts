import { isDeleted, pendingOf, type Row, sightOf, stateOf } from '@fintrack/sync-core/client';
import { isChange, recordKey } from '@fintrack/sync-core/protocol';
import type { EntryHistory, HistoryEvent, LoggedChange, Values } from '../model/history.ts';
import { authorOf, foldHistory, isCreation, valuesOf } from './fold-history.ts';
import { keptChangesOf } from './kept-changes.ts';
import type { LedgerDeps } from './ledger-deps.ts';

/**
 * Every change of one record: what the log had of it, as far as it is kept here or was asked of the server (`older`), and
 * what waits. Costs a look at the text of every kept log entry.
 */
export const readHistory = async (
  deps: Pick<LedgerDeps, 'database' | 'store'>,
  kind: string,
  id: string,
  older: readonly LoggedChange[] = [],
): Promise<EntryHistory> => {
  // What waits first: a change that is confirmed in between is then there twice, and folded once.
  const now = await readNow(deps, kind, id);
  const kept = await keptChangesOf(deps.database, kind, id);
  const logged = await withReasons(deps, inLogOrder(older, kept));
  const folded = foldHistory({ logged, pending: now.pending, epochs: now.epochs });
  const shown = valuesOf(now.shown);
  const events = [...(await lostBefore(deps, recordKey(kind, id), folded, shown)), ...folded];
  return {
    kind,
    id,
    events: events.toReversed(),
    isWhole: isWhole(logged, now.confirmed),
    shown,
    isDeleted: now.shown !== undefined && isDeleted(now.shown),
    sight: now.sight,
  };
};

const readNow = ({ store }: Pick<LedgerDeps, 'store'>, kind: string, id: string) =>
  store.transact(async (reads) => {
    const key = recordKey(kind, id);
    const meta = await reads.meta();
    const states = await reads.records([key]);
    const pending = (await pendingOf(reads, states)).get(key) ?? [];
    const state = stateOf(states, key);
    const { confirmed, shown } = state;
    return { result: { confirmed, shown, pending, epochs: meta.epochs, sight: sightOf(state, pending, meta) } };
  });

/** Own changes are known as such by what this device keeps, so that its copy of one stands for the server's. */
const inLogOrder = (older: readonly LoggedChange[], kept: readonly LoggedChange[]): readonly LoggedChange[] => {
  const known = new Set(kept.map(({ identity }) => identity));
  const fresh = older.filter(({ identity }) => !known.has(identity));
  return [...fresh, ...kept].sort((a, b) => a.epoch - b.epoch || a.seq - b.seq);
};

/** The journal knows which changes the server flagged, and why. */
const withReasons = async (
  { database }: Pick<LedgerDeps, 'database'>,
  logged: readonly LoggedChange[],
): Promise<readonly LoggedChange[]> => {
  const notices = await database.journal.bulkGet(logged.map(({ identity }) => `rejected ${identity}`));
  return logged.map((each, index) => {
    const record = notices[index]?.record;
    return record?.type === 'rejected' ? { ...each, reason: record.reason } : each;
  });
};

/**
 * What lost before this device keeps the log, oldest first: a snapshot brings it in the journal, by its author but without
 * the author's time.
 */
const lostBefore = async (
  { database }: Pick<LedgerDeps, 'database'>,
  key: string,
  events: readonly HistoryEvent[],
  shown: Values,
): Promise<readonly HistoryEvent[]> => {
  const known = new Set(events.map(({ identity }) => identity));
  const records = await database.journal.filter(({ record }) => record.key === key).toArray();
  const lost = records.flatMap(({ record }) => (record.type === 'lost' && !known.has(record.by) ? [record] : []));
  const byChange = new Map<string, HistoryEvent>();
  for (const { by, at, group, value } of lost.sort((a, b) => a.seq - b.seq)) {
    const before = byChange.get(by);
    byChange.set(by, {
      identity: by,
      what: 'changed',
      author: authorOf({ identity: by, isOwn: false }),
      at,
      receivedAt: at,
      groups: [...(before?.groups ?? []), { group, after: value, outcome: 'lost' }],
      metDelete: false,
      values: { ...(before?.values ?? shown), [group]: value },
    });
  }
  return [...byChange.values()];
};

/** The first change made the record, and every value that is confirmed comes from one that is here. */
const isWhole = (logged: readonly LoggedChange[], confirmed: Row | undefined): boolean => {
  if (!confirmed) return true;
  const first = logged[0]?.change;
  if (!isChange(first) || !isCreation(first)) return false;
  const known = new Set(logged.map(({ identity }) => identity));
  return Object.values(confirmed.cells).every(({ version }) => known.has(version.by));
};
