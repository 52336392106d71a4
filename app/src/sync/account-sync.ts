import { addStarters } from '../data/starters.ts';
import type { Progress } from '../model/ledger.ts';
import type { ClaimState } from '../model/services.ts';
import { type AccountSyncerDeps, createAccountSyncer } from './create-account-syncer.ts';
import type { Syncer } from './create-syncer.ts';
import { moveLocalLedgers } from './move-local-ledgers.ts';
import type { AccountBook } from './open-book.ts';

export type AccountSyncDeps = Omit<AccountSyncerDeps, 'onDrained'> & {
  readonly onClaim: (state: ClaimState) => void;
  /** Told of what should never fail and did, where nobody waits for it. */
  readonly reportBug: (error: unknown) => void;
};

/**
 * Backs an account's ledger up: first moves local ledgers into it, then syncs whenever asked. Loaded after the ledger is
 * on the screen, which does not need it.
 */
export const startAccountSync = (book: AccountBook, deps: AccountSyncDeps): Syncer => {
  const mover = createMover(book, deps, () => syncer.wake('saved'));
  const syncer = createAccountSyncer(book, { ...deps, onDrained: () => void mover() });
  // Claimed records before starters: what a person typed is there first, and fewer changes travel.
  void mover()
    .then(() => addStarters(book.ledgerDeps))
    .catch(deps.reportBug)
    .then(() => syncer.wake('asked'));
  return syncer;
};

/** [D9] Moves what there is to move, once at a time; when it is over it stays so. A failure is left to the next call. */
const createMover = (book: AccountBook, deps: AccountSyncDeps, onCopied: () => void): (() => Promise<void>) => {
  let moving: Promise<void> | undefined;
  const move = async (): Promise<void> => {
    let leftCount = 0;
    try {
      const onProgress = (progress: Progress) => deps.onClaim({ type: 'moving', ...progress });
      const options = { now: deps.now, onProgress };
      const { hasCopied, isOver, ...moved } = await deps.exclusively('claim', () => moveLocalLedgers(book, options));
      leftCount = moved.leftCount;
      if (hasCopied) onCopied();
      if (!isOver) moving = undefined;
    } catch (error) {
      moving = undefined;
      deps.reportBug(error);
    } finally {
      deps.onClaim(leftCount > 0 ? { type: 'partLeft', count: leftCount } : { type: 'none' });
    }
  };
  return () => (moving ??= move());
};
