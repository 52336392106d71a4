import {
  type Act,
  claimActs,
  type ClaimProgress,
  ClaimTaken,
  type ClientStore,
  mayForgetLocal,
  onlyAfter,
  recordActs,
  type ReplicaMeta,
} from '@fintrack/sync-core/client';
import { recordKey } from '@fintrack/sync-core/protocol';
import type { Progress } from '../model/ledger.ts';
import type { LedgerDatabase, StoredReplica, StoredRow } from './database.ts';
import { withDatabase } from './store-error.ts';
import { rowOfText } from './stored-row.ts';

/** Acts in one chunk: small enough that the screen stays alive while they commit. */
const actsPerChunkMax = 500;

export type Claim = {
  readonly local: LedgerDatabase;
  readonly account: { readonly database: LedgerDatabase; readonly store: ClientStore; readonly userId: string };
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly onProgress: (progress: Progress) => void;
};

/**
 * `copied`: every record that the account takes waits in its outbox or is confirmed. `notOurs`: there is nothing to move
 * any more, or another account claimed it first. `later`: an earlier local ledger of this account still waits for the server, another tab is
 * at it, or the account takes nothing any more.
 */
export type ClaimOutcome = 'copied' | 'notOurs' | 'later';

/**
 * [D9] Moves the local ledger into the account, or goes on where a crash stopped it. Needs no network.
 *
 * The local ledger takes no changes from its first transaction on, checked where changes are written. Each chunk commits
 * with its progress, so none is copied twice. A record that the protocol refuses is named in the local ledger, which is
 * then kept for ever, before the rest of its chunk goes.
 */
export const claimLedger = async (claim: Claim): Promise<ClaimOutcome> => {
  const from = await markMoving(claim.local, claim.account.userId);
  if (from === undefined) return 'notOurs';
  const meta = await readMeta(claim.account.store);
  const before = meta.claim;
  const isOther = before !== undefined && before.from !== from;
  if (isOther && !mayForgetLocal(meta, before.from, await claimedWaiting(claim.account.database))) return 'later';
  const total = await withDatabase(claim.local, () => claim.local.rows.count());
  let progress: ClaimProgress = before?.from === from ? before : { from, after: '', done: false };
  let done = await withDatabase(claim.local, () => claim.local.rows.where('key').belowOrEqual(progress.after).count());
  while (!progress.done) {
    claim.onProgress({ done, total });
    const chunk = takeChunk(await readAfter(claim.local, progress.after));
    const next = { from, after: chunk.after ?? progress.after, done: chunk.after === undefined };
    // Before the last chunk says that all is copied: done later, once more, it would bring back what was saved since.
    if (next.done) await copyDrafts(claim);
    const store = onlyAfter(claim.account.store, progress);
    const isRecorded = await recordWhatGoes(claim, store, chunk.acts, next).catch(whenTaken);
    if (isRecorded !== true) return 'later';
    progress = next;
    done += chunk.rows;
  }
  await changeReplica(claim.local, (stored) => (stored.unclaimed ? { ...stored, isClaimOver: true } : stored));
  return 'copied';
};

/** Commits the chunk without the records that the protocol refuses; false where the account takes nothing any more. */
const recordWhatGoes = async (
  { local, now }: Claim,
  store: ClientStore,
  all: readonly Act[],
  progress: ClaimProgress,
): Promise<boolean> => {
  let acts = all;
  for (;;) {
    const recorded = await recordActs(store, acts, { at: now(), claim: progress });
    if (recorded.ok) return true;
    if (recorded.error.type === 'sealed') return false;
    const refused = recorded.error.type === 'invalid' ? acts[recorded.error.index] : undefined;
    if (!refused) throw new Error(`a chunk cannot be claimed: ${JSON.stringify(recorded.error)}`);
    const key = keyOf(refused);
    await changeReplica(local, (stored) => ({
      ...stored,
      unclaimed: [...new Set([...(stored.unclaimed ?? []), key])],
    }));
    acts = acts.filter((act) => keyOf(act) !== key);
  }
};

const keyOf = ({ kind, id }: Act): string => recordKey(kind, id);

/**
 * True if the local ledger may be deleted: it is this account's, wholly copied, and the server has every claimed change,
 * by their leaving the outbox [D2].
 */
export const isClaimConfirmed = async ({ local, account }: Omit<Claim, 'now' | 'onProgress'>): Promise<boolean> => {
  const stored = await withDatabase(local, () => local.meta.get('replica'));
  if (stored?.name !== 'replica' || stored.movingTo !== account.userId || stored.unclaimed) return false;
  return mayForgetLocal(await readMeta(account.store), stored.value.replica, await claimedWaiting(account.database));
};

/** Whether a claim by this account was begun. */
export const isMovingTo = (local: LedgerDatabase, userId: string): Promise<boolean> =>
  withDatabase(local, async () => {
    const stored = await local.meta.get('replica');
    return stored?.name === 'replica' && stored.movingTo === userId;
  });

/** How many records stayed behind in a local ledger that this account claimed, because the protocol refuses them. */
export const unclaimedCount = (local: LedgerDatabase, userId: string): Promise<number> =>
  withDatabase(local, async () => {
    const stored = await local.meta.get('replica');
    return stored?.name === 'replica' && stored.movingTo === userId ? (stored.unclaimed?.length ?? 0) : 0;
  });

/** Whether a person put anything into the ledger; starters alone are not worth moving. */
export const hasTyped = (local: LedgerDatabase): Promise<boolean> =>
  withDatabase(local, async () => {
    const stored = await local.meta.get('replica');
    if (stored?.name !== 'replica') return false;
    const isTyped = (row: StoredRow): boolean => claimActs(rowOfText(row.row)).some(({ type }) => type !== 'generate');
    // Starters stand among the first few records of the kinds they are of; an entry is found at once.
    const rows = [
      ...(await local.rows.where('list').above('').limit(1).toArray()),
      ...(await local.rows.where('key').between('category/', 'category0').toArray()),
      ...(await local.rows.where('key').startsWith('profile/').toArray()),
    ];
    return rows.some(isTyped);
  });

/** The local ledger's own name, once it is marked; nothing where it has no content, is over or is another account's. */
const markMoving = async (local: LedgerDatabase, userId: string): Promise<string | undefined> => {
  const stored = await changeReplica(local, (before) =>
    before.movingTo === undefined ? { ...before, movingTo: userId } : before,
  );
  return !stored || stored.isClaimOver || stored.movingTo !== userId ? undefined : stored.value.replica;
};

/** Writes what differs; answers what is there then, nothing in a ledger that was never opened. */
const changeReplica = (
  local: LedgerDatabase,
  change: (stored: StoredReplica) => StoredReplica,
): Promise<StoredReplica | undefined> =>
  withDatabase(local, () =>
    local.transaction('rw', local.meta, async () => {
      const stored = await local.meta.get('replica');
      if (stored?.name !== 'replica') return undefined;
      const changed = change(stored);
      if (changed !== stored) await local.meta.put(changed);
      return changed;
    }),
  );

const readMeta = (store: ClientStore): Promise<ReplicaMeta> =>
  store.transact(async (reads) => ({ result: await reads.meta() }));

const whenTaken = (error: unknown): 'taken' => {
  if (error instanceof ClaimTaken) return 'taken';
  throw error;
};

/** Items of the outbox. */
const claimedWaiting = (account: LedgerDatabase): Promise<number> =>
  withDatabase(account, () => account.outbox.where('claimed').equals(1).count());

const readAfter = (local: LedgerDatabase, after: string): Promise<readonly StoredRow[]> =>
  withDatabase(local, () => local.rows.where('key').above(after).limit(actsPerChunkMax).toArray());

type Chunk = {
  readonly acts: readonly Act[];
  readonly rows: number;
  /** Key of the last record in it; nothing when no record is left. */
  readonly after: string | undefined;
};

/** Whole records only: at least one, and no more than the acts that fit. */
const takeChunk = (stored: readonly StoredRow[]): Chunk => {
  const acts: Act[] = [];
  let after: string | undefined;
  let rows = 0;
  for (const { key, row } of stored) {
    const more = claimActs(rowOfText(row));
    if (rows > 0 && acts.length + more.length > actsPerChunkMax) break;
    acts.push(...more);
    after = key;
    rows += 1;
  }
  return { acts, rows, after };
};

/** What was being typed is not lost either; the account's own drafts stay. */
const copyDrafts = async ({ local, account }: Claim): Promise<void> => {
  const drafts = await withDatabase(local, () => local.drafts.toArray());
  await withDatabase(account.database, async () => {
    const known = await account.database.drafts.bulkGet(drafts.map(({ name }) => name));
    await account.database.drafts.bulkPut(drafts.filter((_, index) => !known[index]));
  });
};
