import type { SpaceId } from '../protocol/ids.ts';
import { isLive } from '../row.ts';
import type { ReadableHistory } from './archive.ts';
import { ledgerAt } from './ledger-state.ts';

/** [L7] What the server's own fold of the log comes to: a receipt that a device compares with its own. */
export type Receipt = {
  readonly epoch: number;
  readonly head: number;
  readonly digest: string;
  /** Expenses and income that are not deleted. */
  readonly entryCount: number;
};

/** Reads the whole ledger: a snapshot and the entries after it. Nothing for an account that is deleted. */
export const verifyLedger = async (history: ReadableHistory, space: SpaceId): Promise<Receipt | undefined> => {
  const tail = await history.log.tail(space);
  if (tail?.entry.type === 'seal') return undefined;
  const { snapshots } = await history.spaces.facts(space);
  const ledger = await ledgerAt(history, space, snapshots, tail?.entry.seq ?? 0);
  const entries = [...ledger.rows.values()].filter((row) => row.kind === 'expense' || row.kind === 'income');
  const { epoch, seq, digest } = ledger;
  return { epoch, head: seq, digest, entryCount: entries.filter(isLive).length };
};
