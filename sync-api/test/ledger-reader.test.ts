import { budgetId, type Change, dismissalId, forecastId, type Json, type SpaceId } from '@fintrack/sync-core/protocol';
import { type Applied, type History, materialise, takeSnapshot } from '@fintrack/sync-core/server';
import { createAuthor, testId, testReplica } from '@fintrack/sync-core/testing';
import { describe, expect, it } from 'vitest';
import { createDocumentClient } from '../src/dynamodb/document-client.ts';
import { createLedgerReader, type LedgerReaderDeps } from '../src/dynamodb/ledger-reader.ts';
import { createItemLister, type ListedItem } from '../src/dynamodb/listed-items.ts';
import { readApplied } from '../src/dynamodb/row-store.ts';
import { feedOf, freshSpace, historyOf, logOf, rowsOf, useCloud } from './support.ts';

const cloud = useCloud();
const food = testId(500);

const change = (kind: string, id: string, values: Readonly<Record<string, Json>>): Change => ({
  kind,
  id,
  at: 5,
  set: Object.fromEntries(Object.entries(values).map(([group, value]) => [group, [value]])),
});
const spent = (number: number, more: Readonly<Record<string, Json>> = {}): Change =>
  change('expense', testId(number), {
    date: '2026-03-04',
    amount: { minor: 100 + number, currency: 'EUR' },
    category: food,
    description: `tea ${number}`,
    ...more,
  });
const ofMonth = { month: '2026-03', currency: 'EUR' };
/** One record of everything that is read, answers to notices too, and what is not listed. */
const everything: readonly Change[] = [
  spent(1),
  spent(2, { date: '2019-12-31', description: 'half \ud83d', category: null }),
  change('expense', testId(3), { description: 'without a date' }),
  change('income', testId(4), { date: '2026-03-01', amount: { minor: 7, currency: 'JPY' }, source: 'work' }),
  change('income', testId(5), { date: '2026-03-01', amount: { minor: -7, currency: 'JPY' } }),
  change('budget', budgetId(food, '2026-03', 'EUR'), {
    of: { ...ofMonth, category: food },
    amount: { minor: 9_000, currency: 'EUR' },
  }),
  change('dismissal', dismissalId('pace:1'), { insight: 'pace:1', reason: 'known' }),
  change('dismissal', dismissalId('lost a:1:b note c:2:d'), { insight: 'lost a:1:b note c:2:d', reason: 'resolved' }),
  change('dismissal', testId(6), { reason: 'without an insight' }),
  change('forecast', forecastId('2026-03', 'EUR', null), {
    of: { ...ofMonth, category: null },
    made: '2026-02-28',
    amount: { minor: 5_000, currency: 'EUR' },
    range: { low: 4_000, high: 6_500 },
  }),
  change('forecast', forecastId('2026-03', 'EUR', food), {
    of: { ...ofMonth, category: food },
    made: '2026-03-05',
    amount: { minor: 50, currency: 'EUR' },
    range: { low: -1, high: 60 },
  }),
  change('forecast', forecastId('2026-04', 'EUR', null), { of: { ...ofMonth, month: '2026-04', category: null } }),
  change('category', food, { name: 'Food' }),
];
const euros = { currency: 'EUR', amountMinor: 101, categoryId: food };
const ledgerOfEverything = {
  entries: [
    { kind: 'expense', id: testId(1), date: '2026-03-04', ...euros, title: 'tea 1' },
    {
      kind: 'expense',
      id: testId(2),
      date: '2019-12-31',
      ...euros,
      amountMinor: 102,
      categoryId: null,
      title: 'half \ufffd',
    },
    {
      kind: 'income',
      id: testId(4),
      date: '2026-03-01',
      amountMinor: 7,
      currency: 'JPY',
      categoryId: null,
      title: 'work',
    },
    {
      kind: 'income',
      id: testId(5),
      date: '2026-03-01',
      amountMinor: -7,
      currency: 'JPY',
      categoryId: null,
      title: '',
    },
  ],
  budgets: [{ id: budgetId(food, '2026-03', 'EUR'), ...euros, month: '2026-03', amountMinor: 9_000 }],
  feedback: [
    { insight: 'lost a:1:b note c:2:d', reason: 'resolved' },
    { insight: 'pace:1', reason: 'known' },
  ],
  forecasts: [
    { subject: 'EUR', month: '2026-03', asOf: '2026-02-28', pointMinor: 5_000, lowMinor: 4_000, highMinor: 6_500 },
    { subject: `EUR.${food}`, month: '2026-03', asOf: '2026-03-05', pointMinor: 50, lowMinor: -1, highMinor: 60 },
  ],
};

/** Appends one entry of these changes after what the space has. */
const append = async (space: SpaceId, changes: readonly Change[]) => {
  const seq = ((await logOf(cloud()).tail(space))?.entry.seq ?? 0) + 1;
  const entry = createAuthor(testReplica(String.fromCodePoint(96 + seq))).entry(seq, changes);
  expect(await logOf(cloud()).append(space, entry, {})).toEqual({ type: 'appended' });
};
const fold = (space: SpaceId) => materialise(feedOf(cloud()), rowsOf(cloud()), space);
const spaceWith = async (changes: readonly Change[]): Promise<SpaceId> => {
  const space = freshSpace();
  await append(space, changes);
  await fold(space);
  return space;
};

/** A reader that notes how long it waited and what it folded for, over doubles where they are given. */
const readerOver = (doubles: Partial<LedgerReaderDeps> = {}) => {
  const { client, tables } = cloud();
  const waits: number[] = [];
  const folds: Applied[] = [];
  const read = createLedgerReader({
    listed: createItemLister(client, tables),
    applied: (space) => readApplied(client, tables.syncState, space),
    history: historyOf(cloud()),
    wait: async (delayMs) => void waits.push(delayMs),
    now: () => 0,
    onFold: (_, applied) => void folds.push(applied),
    ...doubles,
  });
  return { waits, folds, read: async (space: SpaceId) => sorted(await read(space)) };
};
type Ledger = Awaited<ReturnType<ReturnType<typeof createLedgerReader>>>;
const sorted = (ledger: Ledger) => ({
  ...ledger,
  entries: ledger.entries.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
  feedback: ledger.feedback.toSorted((a, b) => (a.insight < b.insight ? -1 : 1)),
  forecasts: ledger.forecasts.toSorted((a, b) => (a.subject < b.subject ? -1 : 1)),
});

/** Shows `before` in place of the truth until it was asked so often. */
const lagging = (listed: LedgerReaderDeps['listed'], before: readonly ListedItem[], times: number) => {
  let asked = 0;
  return async (space: SpaceId) => (asked++ < times ? before : listed(space));
};
const lister = () => createItemLister(cloud().client, cloud().tables);

describe('a whole ledger', () => {
  it('[M1] is read from the indexes, of every kind and any day, at the position that the tables are folded to', async () => {
    const space = await spaceWith(everything);
    const { read, waits, folds } = readerOver();
    expect(await read(space)).toEqual({ ...ledgerOfEverything, position: 1 });
    expect([waits, folds]).toEqual([[], []]);
  });

  it('[M1] is the same when it is folded from the log', async () => {
    const space = await spaceWith(everything);
    const { read, folds } = readerOver({ listed: async () => [] });
    expect(await read(space)).toEqual({ ...ledgerOfEverything, position: 1 });
    expect(folds).toHaveLength(1);
  });

  it('of nobody is empty, at position 0', async () => {
    const { read, folds } = readerOver();
    const nothing = { entries: [], budgets: [], feedback: [], forecasts: [] };
    expect(await read(freshSpace())).toEqual({ ...nothing, position: 0 });
    expect(folds).toEqual([]);
  });

  it('is read over every page of an index', async () => {
    const many = Array.from({ length: 700 }, (_, number) => spent(number, { note: 'n'.repeat(2_000) }));
    const space = await spaceWith(many);
    const { client, tables, engine } = cloud();
    const counting = createDocumentClient(engine.clientConfig);
    let pages = 0;
    counting.middlewareStack.add(
      (next) => async (args) => {
        pages += 1;
        return next(args);
      },
      { step: 'initialize', name: 'count' },
    );
    const { read, folds } = readerOver({ listed: createItemLister(counting, tables) });
    expect((await read(space)).entries).toHaveLength(700);
    expect(folds).toEqual([]);
    expect(pages).toBeGreaterThan(4);
    counting.destroy();
    expect((await readApplied(client, tables.syncState, space)).seq).toBe(1);
  });
});

describe('an index that lags', () => {
  it('[M1] is read again until it lists what the tables hold', async () => {
    const space = await spaceWith([spent(1), spent(2)]);
    const before = await lister()(space);
    await append(space, [spent(3), spent(1, { amount: { minor: 5, currency: 'EUR' } })]);
    await fold(space);
    const { read, waits, folds } = readerOver({ listed: lagging(lister(), before, 2) });
    const ledger = await read(space);
    expect(ledger.position).toBe(2);
    expect(ledger.entries.map(({ amountMinor }) => amountMinor)).toEqual([5, 102, 103]);
    expect([waits, folds]).toEqual([[50, 200], []]);
  });

  it('[M1] by one row of many is not taken for the ledger: the log is folded instead', async () => {
    const space = await spaceWith([spent(1), spent(2), spent(3)]);
    const truth = await lister()(space);
    const older = truth.map((item, index) => (index === 1 ? { ...item, seq: item.seq + 7 } : item));
    const doubled = [...truth, ...truth.slice(0, 1)];
    for (const shown of [truth.slice(1), older, doubled, []]) {
      const { read, waits, folds } = readerOver({ listed: async () => shown });
      expect(await read(space)).toMatchObject({ position: 1, entries: [{}, {}, {}] });
      expect(waits).toEqual([50, 200, 600]);
      expect(folds).toHaveLength(1);
    }
  });

  it('[M1] and is slow to read is not read for longer than two seconds: pauses and readings share them', async () => {
    const space = await spaceWith([spent(1)]);
    const readingsIn = async (readingMs: number) => {
      let now = 5_000;
      let readings = 0;
      const { read, folds } = readerOver({
        listed: async () => {
          readings += 1;
          now += readingMs;
          return [];
        },
        wait: async (delayMs) => void (now += delayMs),
        now: () => now,
      });
      expect(await read(space)).toMatchObject({ position: 1, entries: [{}] });
      expect(folds).toHaveLength(1);
      return readings;
    };
    expect(await Promise.all([300, 500, 1_000, 2_500].map(readingsIn))).toEqual([4, 3, 2, 1]);
  });

  it('[M1] that is ahead of `applied` as it was read is taken at the position it has', async () => {
    const space = await spaceWith([spent(1)]);
    let isFirst = true;
    const listed: LedgerReaderDeps['listed'] = async (of) => {
      if (isFirst) {
        isFirst = false;
        await append(of, [spent(2)]);
        await fold(of);
      }
      return lister()(of);
    };
    const { read, waits, folds } = readerOver({ listed });
    expect(await read(space)).toMatchObject({ position: 2, entries: [{}, {}] });
    expect([waits, folds]).toEqual([[], []]);
  });

  it('[M1] is not even asked where no digest is known', async () => {
    const space = await spaceWith([spent(1)]);
    const rows = rowsOf(cloud());
    expect(await rows.advance(space, await rows.applied(space), { seq: 1, digest: null })).toBe(true);
    const listed = () => Promise.reject(new Error('asked'));
    const { read, waits, folds } = readerOver({ listed });
    expect(await read(space)).toMatchObject({ position: 1, entries: [{ title: 'tea 1' }] });
    expect([waits, folds]).toEqual([[], [{ seq: 1, digest: null }]]);
  });

  it('[M1] [L1] costs the entries after the snapshot, and what the tables do not hold yet counts', async () => {
    const space = freshSpace();
    for (let number = 1; number <= 6; number++) await append(space, [spent(number)]);
    await fold(space);
    const small = { entriesPerSegment: 2, entriesPerSnapshot: 4, recordsPerPart: 2, functionTimeoutMs: 1000 };
    const history: History = historyOf(cloud(), { settings: small });
    expect((await takeSnapshot(history, space))?.seq).toBe(4);
    await append(space, [spent(7)]);
    const after: number[] = [];
    const log: History['log'] = {
      ...history.log,
      after: (of, seq, bounds) => {
        after.push(seq);
        return history.log.after(of, seq, bounds);
      },
    };
    const { read, folds } = readerOver({ listed: async () => [], history: { ...history, log } });
    const ledger = await read(space);
    expect(ledger.entries.map(({ title }) => title)).toEqual([1, 2, 3, 4, 5, 6, 7].map((number) => `tea ${number}`));
    expect(ledger.position).toBe(7);
    expect(folds).toMatchObject([{ seq: 6 }]);
    expect(after[0]).toBe(4);
  });
});
