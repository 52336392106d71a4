import type { Entry } from '@fintrack/advisor-core';
import { describe, expect, it } from 'vitest';
import { CategoryTeacher } from './category-teacher.ts';

const entry = (id: string, title: string, categoryId: string | null, change: Partial<Entry> = {}): Entry => ({
  id,
  kind: 'expense',
  date: '2026-11-02',
  amountMinor: 1240,
  currency: 'EUR',
  title,
  categoryId,
  ...change,
});

const lunches = (count: number): readonly Entry[] =>
  Array.from({ length: count }, (_, at) => entry(`l${at}`, 'Zola lunch', 'dining'));

/** A teacher of a ledger that changes; `pauses` counts how often it let others through. */
const setUp = (start: readonly Entry[]) => {
  const held = new Map(start.map((each) => [each.id, each]));
  const counts = { reads: 0, pauses: 0 };
  const state = { whilePaused: () => undefined as void };
  const teacher = new CategoryTeacher({
    entries: () => {
      counts.reads += 1;
      return held.values();
    },
    pause: async () => {
      counts.pauses += 1;
      state.whilePaused();
    },
  });
  const put = (id: string, after: Entry | undefined): void => {
    const before = held.get(id);
    if (after) held.set(id, after);
    else held.delete(id);
    teacher.changed(before, after);
  };
  const reasonFor = async (title: string) => {
    const [best] = await teacher.suggest({ title, amountMinor: 1240 });
    return best && { categoryId: best.categoryId, ...best.reason };
  };
  return { teacher, put, reasonFor, counts, state };
};

describe('the teacher of categories', () => {
  it('reads nothing before the first question, and all of it once', async () => {
    const { put, reasonFor, counts } = setUp(lunches(3));
    put('l3', entry('l3', 'Zola lunch', 'dining'));
    expect(counts.reads).toBe(0);
    expect(await reasonFor('zola lunch')).toMatchObject({ categoryId: 'dining', type: 'same-title', times: 4, of: 4 });
    await reasonFor('something else');
    expect(counts.reads).toBe(1);
  });

  it('learns only from expenses that have a category', async () => {
    const { teacher } = setUp([entry('a', 'Zola', null), entry('b', 'Zola', 'salary', { kind: 'income' })]);
    expect(await teacher.suggest({ title: 'Zola', amountMinor: 1 })).toEqual([]);
  });

  it('learns what is saved since the last question, as it was saved last', async () => {
    const { put, reasonFor, counts } = setUp(lunches(2));
    await reasonFor('');
    put('n', entry('n', 'Nordlicht', 'other'));
    put('n', entry('n', 'Nordlicht', 'groceries'));
    put('gone', entry('gone', 'Nordlicht', 'other'));
    put('gone', undefined);
    put('later', entry('later', 'Nordlicht', null));
    put('later', entry('later', 'Nordlicht', 'groceries'));
    expect(await reasonFor('Nordlicht')).toMatchObject({ categoryId: 'groceries', times: 2, of: 2 });
    expect(counts.reads).toBe(1);
  });

  it('starts anew once more than eight of its examples were changed or deleted', async () => {
    const { put, reasonFor, counts } = setUp(lunches(2000));
    await reasonFor('');
    for (let at = 0; at < 8; at += 1) put(`l${at}`, at % 2 ? undefined : entry(`l${at}`, 'Zola lunch', 'leisure'));
    expect([await reasonFor('Zola lunch'), counts.reads]).toMatchObject([{ times: 2000, of: 2000 }, 1]);
    put('l8', undefined);
    expect([await reasonFor('Zola lunch'), counts.reads]).toMatchObject([{ times: 1991, of: 1995 }, 2]);
    await reasonFor('Zola lunch');
    expect(counts.reads).toBe(2);
  });

  it('starts anew in a small ledger with the first that is changed', async () => {
    const { put, reasonFor } = setUp([entry('a', 'Zola', 'leisure'), entry('b', 'Zola', 'dining')]);
    await reasonFor('Zola');
    put('a', entry('a', 'Zola', 'dining'));
    expect(await reasonFor('Zola')).toMatchObject({ categoryId: 'dining', times: 2, of: 2 });
  });

  it('does not start anew for what it does not look at, or what was put back', async () => {
    const { put, reasonFor, counts } = setUp(lunches(5));
    await reasonFor('');
    put('l0', { ...entry('l0', 'Zola lunch', 'dining'), currency: 'USD' });
    put('l1', undefined);
    put('l1', entry('l1', 'Zola lunch', 'dining'));
    expect([await reasonFor('Zola lunch'), counts.reads]).toMatchObject([{ times: 5, of: 5 }, 1]);
  });

  it('lets others through while it learns, and misses nothing that is saved meanwhile', async () => {
    const { put, reasonFor, counts, state } = setUp(lunches(1000));
    state.whilePaused = () => put(`n${counts.pauses}`, entry(`n${counts.pauses}`, 'Zola lunch', 'dining'));
    await reasonFor('Zola lunch');
    state.whilePaused = () => undefined;
    expect(counts.pauses).toBe(5);
    expect(await reasonFor('Zola lunch')).toMatchObject({ times: 1005, of: 1005 });
  });

  it('suggests the same from the same entries, however they are stored', async () => {
    const entries = Array.from({ length: 60 }, (_, at) =>
      entry(`e${at}`, `Shop ${'abc'[at % 3]} ${'xyz'[at % 7] ?? ''}`, `c${at % 4}`, {
        date: `2026-10-${10 + (at % 9)}`,
      }),
    );
    const question = { title: 'Shop b', amountMinor: 900 };
    const forwards = await setUp(entries).teacher.suggest(question);
    expect(await setUp(entries.toReversed()).teacher.suggest(question)).toEqual(forwards);
  });
});
