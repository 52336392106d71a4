import { claimLedger, hasTyped, isClaimConfirmed, isMovingTo, unclaimedCount } from '../data/claim-ledger.ts';
import { existingLocalLedgers } from '../data/local-ledgers.ts';
import type { LedgerDatabase } from '../data/database.ts';
import type { Progress } from '../model/ledger.ts';
import type { AccountBook } from './open-book.ts';

export type MoveOptions = {
  readonly now: () => number;
  readonly onProgress: (progress: Progress) => void;
};

export type MoveOutcome = {
  /** Something waits to be pushed. */
  readonly hasCopied: boolean;
  /** No local ledger is left to be moved or deleted. */
  readonly isOver: boolean;
  /** Records that stay in their local ledgers, because the account cannot take them. */
  readonly leftCount: number;
};

/**
 * [D9] Moves every local ledger that has something in it into the account, goes on with moves that a crash stopped, and
 * deletes those that the server has wholly confirmed. To be called at every start, and whenever everything is pushed
 * until it is over.
 */
export const moveLocalLedgers = async (account: AccountBook, options: MoveOptions): Promise<MoveOutcome> => {
  const outcomes: MoveOutcome[] = [];
  for (const local of await existingLocalLedgers()) {
    try {
      outcomes.push(await moveOne(local, account, options));
    } finally {
      local.close();
    }
  }
  return {
    hasCopied: outcomes.some(({ hasCopied }) => hasCopied),
    isOver: outcomes.every(({ isOver }) => isOver),
    leftCount: outcomes.reduce((sum, { leftCount }) => sum + leftCount, 0),
  };
};

const moveOne = async (local: LedgerDatabase, account: AccountBook, options: MoveOptions): Promise<MoveOutcome> => {
  const claim = { local, account, ...options };
  const isBegun = await isMovingTo(local, account.userId);
  if (!isBegun && !(await hasTyped(local))) return { hasCopied: false, isOver: true, leftCount: 0 };
  const outcome = await claimLedger(claim);
  if (await isClaimConfirmed(claim)) {
    await local.delete();
    return { hasCopied: false, isOver: true, leftCount: 0 };
  }
  const leftCount = await unclaimedCount(local, account.userId);
  const hasCopied = outcome === 'copied';
  return { hasCopied, isOver: outcome === 'notOurs' || (hasCopied && leftCount > 0), leftCount };
};
