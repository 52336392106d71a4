import { type ChangesEntry, chainStart, chainHash, type Json, recordKey } from '@fintrack/sync-core/protocol';
import { createRandom } from '@fintrack/sync-core/testing';
import { foldChange, foldEntry, type OpenedEntry, openEntry } from '../../sync-api/core/src/fold.ts';
import type { Row } from '../../sync-api/core/src/row.ts';
import { benchExpenses } from '../data/expenses.ts';
import type { Bench } from '../harness/report.ts';
import { median } from '../harness/statistics.ts';

const count = 50_000;
const changesPerEntry = 1000;
const replica = 'a'.repeat(16);

/**
 * How many changes a second Node folds: the merge of F1 to F9 by itself, and as a device does it, with the rows' digests
 * (P8) and with the chain's hashes (P4) as well. The target of 300,000 is for the merge; being a time, it cannot fail.
 */
export const foldBench: Bench = {
  measures: ['fold'],
  run: async ({ rounds }) => {
    const entries = entriesOf(changes());
    const [merge, digest, chain]: number[][] = [[], [], []];
    for (let round = 0; round <= rounds; round++) {
      const [opened, chainMs] = timed(() => entries.map(openEntry));
      const [, mergeMs] = timed(() => mergeAll(entries, opened));
      const [, foldMs] = timed(() => foldAll(entries, opened));
      if (round === 0) continue; // the engine has not compiled it yet
      merge?.push(mergeMs);
      digest?.push(foldMs);
      chain?.push(chainMs + foldMs);
    }
    const perSecond = (ms: readonly number[] = []): number => Math.round((count / median(ms)) * 1000);
    const seen = {
      changesPerSecond: perSecond(merge),
      changesPerSecondTarget: 300_000,
      withDigestsPerSecond: perSecond(digest),
      withDigestsAndChainPerSecond: perSecond(chain),
    };
    return [{ measure: 'fold', judged: {}, seen }];
  },
};

const timed = <T>(work: () => T): readonly [result: T, ms: number] => {
  const startedAtMs = performance.now();
  const result = work();
  return [result, performance.now() - startedAtMs];
};

/** New expenses, as an import or a first pull brings them. */
const changes = (): readonly Json[] => {
  const random = createRandom(1);
  return benchExpenses(count).map(({ amountMinor, date, categoryId, title, note }) => ({
    kind: 'expense',
    id: random.uuid(),
    at: 1_764_000_000_000,
    set: {
      amount: [{ minor: amountMinor, currency: 'EUR' }],
      date: [date],
      category: [categoryId],
      description: [title],
      ...(note !== '' && { note: [note] }),
    },
  }));
};

const entriesOf = (all: readonly Json[]): readonly ChangesEntry[] => {
  const entries: ChangesEntry[] = [];
  let previous = chainStart;
  for (let from = 0; from < all.length; from += changesPerEntry) {
    const own = all.slice(from, from + changesPerEntry);
    const hash = own.reduce<string>(chainHash, previous);
    const place = { seq: entries.length + 1, epoch: 1, receivedAt: 1_764_000_001_000, replica, first: from + 1 };
    entries.push({ type: 'changes', ...place, previous, hash, changes: own, rejected: [] });
    previous = hash;
  }
  return entries;
};

const mergeAll = (entries: readonly ChangesEntry[], opened: readonly OpenedEntry[]): void => {
  const rows = new Map<string, Row>();
  for (const [index, { seq, receivedAt }] of entries.entries()) {
    for (const each of opened[index]?.changes ?? []) {
      if (each.type !== 'change') continue;
      const key = recordKey(each.change.kind, each.change.id);
      const { row } = foldChange(rows.get(key), each.change, each.identity, { seq, receivedAt, epochs: [] });
      if (row) rows.set(key, row);
    }
  }
};

const foldAll = (entries: readonly ChangesEntry[], opened: readonly OpenedEntry[]): void => {
  const rows = new Map<string, Row>();
  for (const [index, entry] of entries.entries()) {
    const folded = foldEntry(entry, opened[index]?.changes ?? [], (key) => rows.get(key), []);
    for (const [key, row] of folded.rows) rows.set(key, row);
  }
};
