import 'fake-indexeddb/auto';
import type { Result } from '@fintrack/sync-core/protocol';
import { createMemoryChangeLog } from '@fintrack/sync-core/testing';
import { describe, expect, it } from 'vitest';
import { changesIn, eachKept } from './kept-changes.ts';
import { syncThrough } from './testing/sync-through.ts';
import { createTestLedger, tea, type TestLedger } from './testing/test-ledger.ts';

const must = <T>(result: Result<T, unknown>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};

/** Two devices that have one entry, made on the first. */
const openTwo = async () => {
  const log = createMemoryChangeLog();
  const [a, b] = [createTestLedger(), createTestLedger()] as const;
  const { id } = must(await a.ledger.saveEntry(tea));
  const sync = async (...devices: TestLedger[]) => {
    for (const device of devices) await syncThrough(log, device);
  };
  await sync(a, b);
  return { a, b, id, sync };
};

const titles = async ({ ledger }: TestLedger) =>
  (await ledger.entries({ limit: 10 })).entries.map(({ title }) => title);

describe('the history of an entry', () => {
  it('says who changed what from which value to which, newest first', async () => {
    const { a, b, id, sync } = await openTwo();
    must(await b.ledger.saveEntry({ ...tea, id, amountMinor: 999 }));
    await sync(b, a);
    must(await a.ledger.saveEntry({ ...tea, id, amountMinor: 999, note: 'with Emil' }));
    const { events, isWhole } = await a.ledger.history('expense', id);
    expect(isWhole).toBe(true);
    expect(events).toMatchObject([
      {
        what: 'changed',
        author: { type: 'thisDevice' },
        receivedAt: null,
        groups: [{ group: 'note', after: 'with Emil' }],
      },
      {
        what: 'changed',
        author: { type: 'otherDevice' },
        groups: [{ group: 'amount', before: { minor: 1240 }, after: { minor: 999 }, outcome: 'set' }],
      },
      { what: 'added', author: { type: 'thisDevice' } },
    ]);
    expect(events[1]?.receivedAt).toBeGreaterThan(0);
  });

  it('[F4] has the value that lost as well, and gives it back', async () => {
    const { a, b, id, sync } = await openTwo();
    must(await a.ledger.saveEntry({ ...tea, id, amountMinor: 111 }));
    b.clock.now = a.clock.now + 1000;
    must(await b.ledger.saveEntry({ ...tea, id, amountMinor: 222 }));
    await sync(b, a, b);
    const history = await b.ledger.history('expense', id);
    const lost = history.events.find(({ groups }) => groups.some(({ outcome }) => outcome === 'lost'));
    expect(history.shown['amount']).toMatchObject({ minor: 222 });
    expect(lost).toMatchObject({ author: { type: 'otherDevice' }, values: { amount: { minor: 111 } } });
    if (lost) must(await b.ledger.restoreVersion(history, lost));
    await sync(b, a);
    expect(await a.ledger.entry('expense', id)).toMatchObject({ amountMinor: 111 });
  });

  it('[F4] has what lost before this device kept the log, as the journal has it', async () => {
    const { a, b, id, sync } = await openTwo();
    must(await a.ledger.saveEntry({ ...tea, id, amountMinor: 111 }));
    b.clock.now = a.clock.now + 1000;
    must(await b.ledger.saveEntry({ ...tea, id, amountMinor: 222 }));
    await sync(a, b);
    await b.database.kept.clear();
    const history = await b.ledger.history('expense', id);
    expect(history.isWhole).toBe(false);
    const lost = history.events.find(({ groups }) => groups.some(({ outcome }) => outcome === 'lost'));
    expect(lost).toMatchObject({
      author: { type: 'otherDevice' },
      values: { amount: { minor: 111 }, description: 'Tea house' },
    });
    if (lost) must(await b.ledger.restoreVersion(history, lost));
    expect(await b.ledger.entry('expense', id)).toMatchObject({ amountMinor: 111 });
  });

  it('goes on through deletion and restore, on whichever device', async () => {
    const { a, b, id, sync } = await openTwo();
    must(await a.ledger.deleteEntry('expense', id));
    await sync(a, b);
    must(await b.ledger.restoreEntry('expense', id));
    await sync(b, a);
    const { events } = await a.ledger.history('expense', id);
    expect(events.map(({ what }) => what)).toEqual(['restored', 'deleted', 'added']);
  });

  it('brings a version of before the deletion back', async () => {
    const { a, id } = await openTwo();
    must(await a.ledger.saveEntry({ ...tea, id, title: 'Coffee house' }));
    must(await a.ledger.deleteEntry('expense', id));
    const history = await a.ledger.history('expense', id);
    const first = history.events.at(-1);
    if (first) must(await a.ledger.restoreVersion(history, first));
    expect(await a.ledger.entry('expense', id)).toMatchObject({ title: 'Tea house', amountMinor: 1240 });
  });

  it('says that it is not whole without its beginning, and is whole with what the server has', async () => {
    const { a, b, id, sync } = await openTwo();
    must(await b.ledger.saveEntry({ ...tea, id, amountMinor: 999 }));
    await sync(b, a);
    const older: ReturnType<typeof changesIn>[number][] = [];
    await eachKept(a.database, 'oldestFirst', (item) => {
      older.push(...changesIn(item).map((change) => ({ ...change, isOwn: false })));
      return 'more';
    });
    await a.database.kept.where('[epoch+seq]').equals([1, 1]).delete();
    const part = await a.ledger.history('expense', id);
    expect([part.isWhole, part.events.map(({ what }) => what)]).toEqual([false, ['changed']]);
    const whole = await a.ledger.history('expense', id, older);
    expect([whole.isWhole, whole.events.map(({ what }) => what)]).toEqual([true, ['changed', 'added']]);
  });
});

describe('undoing', () => {
  it('works after a reload, by a new act', async () => {
    const { a, id, sync } = await openTwo();
    must(await a.ledger.saveEntry({ ...tea, id, amountMinor: 5, note: 'oops' }));
    await sync(a);
    const again = createTestLedger({ name: a.database.name });
    expect(must(await again.ledger.undoChange('expense', id))).toEqual({ undone: 2, skipped: 0 });
    expect(await again.ledger.entry('expense', id)).toMatchObject({ amountMinor: 1240, note: '' });
  });

  it('works on another device', async () => {
    const { a, b, id, sync } = await openTwo();
    must(await a.ledger.saveEntry({ ...tea, id, amountMinor: 5 }));
    await sync(a, b);
    const [latest] = await b.ledger.recentChanges(10);
    must(await b.ledger.undoChange('expense', id, latest?.identity ?? ''));
    await sync(b, a);
    expect(await a.ledger.entry('expense', id)).toMatchObject({ amountMinor: 1240 });
    expect(await a.ledger.notices()).toEqual([]);
  });

  it('leaves alone what was changed since', async () => {
    const { a, b, id, sync } = await openTwo();
    must(await a.ledger.saveEntry({ ...tea, id, amountMinor: 5, note: 'mine' }));
    await sync(a, b);
    const [mine] = await a.ledger.recentChanges(1);
    must(await b.ledger.saveEntry({ ...tea, id, amountMinor: 700, note: 'mine' }));
    await sync(b, a);
    expect(must(await a.ledger.undoChange('expense', id, mine?.identity ?? ''))).toEqual({ undone: 1, skipped: 1 });
    expect(await a.ledger.entry('expense', id)).toMatchObject({ amountMinor: 700, note: '' });
  });

  it('takes a new entry away again and brings a deleted one back', async () => {
    const { a, id } = await openTwo();
    must(await a.ledger.undoChange('expense', id));
    expect(await titles(a)).toEqual([]);
    must(await a.ledger.undoChange('expense', id));
    expect(await titles(a)).toEqual(['Tea house']);
  });
});

describe('recently deleted', () => {
  it('lists what is deleted, the latest first, with who and when, here and on other devices', async () => {
    const { a, b, id, sync } = await openTwo();
    const { id: other } = must(await a.ledger.saveEntry({ ...tea, title: 'Bakery' }));
    must(await a.ledger.deleteEntry('expense', id));
    must(await a.ledger.deleteEntry('expense', other));
    await sync(a, b);
    expect(await a.ledger.deletedEntries(10)).toMatchObject({
      entries: [{ title: 'Bakery', deletedBy: { type: 'thisDevice' } }, { title: 'Tea house' }],
      hasMore: false,
    });
    expect(await b.ledger.deletedEntries(1)).toMatchObject({
      entries: [{ title: 'Bakery', deletedBy: { type: 'otherDevice' } }],
      hasMore: true,
    });
    must(await b.ledger.restoreEntry('expense', other));
    expect((await b.ledger.deletedEntries(10)).entries.map(({ title }) => title)).toEqual(['Tea house']);
    expect(await titles(b)).toEqual(['Bakery']);
  });
});
