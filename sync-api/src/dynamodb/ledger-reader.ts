import { type SpaceId, xorHex } from '@fintrack/sync-core/protocol';
import {
  type Applied,
  emptyDigest,
  indexMark,
  isListed,
  ledgerAt,
  type ReadableHistory,
  type RowStore,
} from '@fintrack/sync-core/server';
import type { LedgerReader } from '../routes/advice.ts';
import { itemsToLedger } from './advised-ledger.ts';
import type { ListedItem } from './listed-items.ts';
import { columnsOf } from './row-item.ts';

export type LedgerReaderDeps = {
  readonly listed: (space: SpaceId) => Promise<readonly ListedItem[]>;
  readonly applied: RowStore['applied'];
  readonly history: ReadableHistory;
  readonly wait: (delayMs: number) => Promise<void>;
  /** Milliseconds of any clock that only goes forward. */
  readonly now: () => number;
  /** Told that the indexes were of no use, and that the log was folded instead; null: nobody knew what they should hold. */
  readonly onFold: (space: SpaceId, applied: Applied) => void;
};

/** An index is a fraction of a second behind, as a rule. */
const delaysMs = [50, 200, 600] as const;
/**
 * No reading of the indexes begins later than this, pauses and readings before it included: of a large ledger each takes
 * long, and who waits for advice waits for the fold as well.
 */
const readingsTimeMs = 2_000;

/**
 * A whole ledger as it is at one position of the log [M1]. From the indexes where what they list has the digest that
 * `applied` carries, read again a few times, while there is time, until it has; else from the log, of its snapshot and what came after it.
 */
export const createLedgerReader = (deps: LedgerReaderDeps): LedgerReader => {
  const { listed, wait, now, onFold } = deps;
  return async (space) => {
    const endsAt = now() + readingsTimeMs;
    let applied = await deps.applied(space);
    for (const delayMs of [0, ...delaysMs]) {
      if (applied.digest === null || now() + delayMs > endsAt) break;
      if (delayMs > 0) await wait(delayMs);
      const items = await listed(space);
      const digest = digestOf(items);
      // What was folded while the pages were read may be in them already.
      if (digest !== applied.digest) applied = await deps.applied(space);
      if (digest === applied.digest) return { ...itemsToLedger(items), position: applied.seq };
    }
    onFold(space, applied);
    return foldLedger(deps.history, space);
  };
};

const digestOf = (items: readonly ListedItem[]): string =>
  items.reduce((digest, item) => xorHex(digest, indexMark(item)), emptyDigest);

const foldLedger = async (history: ReadableHistory, space: SpaceId): ReturnType<LedgerReader> => {
  const head = (await history.log.tail(space))?.entry.seq ?? 0;
  const { snapshots } = await history.spaces.facts(space);
  const { rows, seq } = await ledgerAt(history, space, snapshots, head);
  const items = [...rows.values()].filter(isListed);
  return {
    ...itemsToLedger(
      items.map((row) => ({ kind: row.kind, id: row.id, seq: row.seq, columns: columnsOf(space, row) })),
    ),
    position: seq,
  };
};
