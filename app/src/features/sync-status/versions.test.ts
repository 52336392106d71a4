import { describe, expect, it } from 'vitest';
import type { EntryHistory, HistoryEvent } from '../../model/history.ts';
import { versionsOf } from './versions.ts';

const euros = (minor: number) => ({ minor, currency: 'EUR' });
const shown = { amount: euros(5040), date: '2025-11-06', category: null, description: 'Osteria', note: '' };
const event = (identity: string, at: number): HistoryEvent => ({
  identity,
  what: 'changed',
  author: identity === 'a:1:x' ? { type: 'thisDevice' } : { type: 'otherDevice', replica: 'b' },
  at,
  receivedAt: at,
  groups: [],
  metDelete: false,
  values: {},
});
const history: EntryHistory = {
  kind: 'expense',
  id: '1',
  events: [event('b:1:x', 20), event('a:1:x', 10)],
  isWhole: true,
  shown,
  isDeleted: false,
  sight: { epoch: 1, bases: {} },
};
const lostOf = (group: string, value: string | { minor: number; currency: string }) => ({
  group,
  value,
  by: 'a:1:x',
  to: 'b:1:x',
});

describe('the two versions of a conflict', () => {
  it('differ where a value lost, first, and are the same elsewhere', () => {
    const { rows, isDifferent } = versionsOf([lostOf('note', 'with tip'), lostOf('amount', euros(4620))], history);
    expect(isDifferent).toBe(true);
    expect(rows.map(({ group }) => group)).toEqual(['amount', 'note', 'description', 'category', 'date']);
    expect(rows.filter(({ isDifferent: differs }) => differs)).toEqual([
      { group: 'amount', stands: euros(5040), other: euros(4620), isDifferent: true },
      { group: 'note', stands: '', other: 'with tip', isDifferent: true },
    ]);
  });

  it('say who typed each and when', () => {
    const { stands, other } = versionsOf([lostOf('note', 'with tip')], history);
    expect(stands).toEqual({ author: { type: 'otherDevice', replica: 'b' }, at: 20 });
    expect(other).toEqual({ author: { type: 'thisDevice' }, at: 10 });
  });

  it('are no two any more once the value that lost stands', () => {
    expect(versionsOf([lostOf('amount', euros(5040))], history).isDifferent).toBe(false);
  });

  it('show fields of a newer version of the app too, where they differ', () => {
    const { rows } = versionsOf([lostOf('mood', 'good')], history);
    expect(rows[0]).toEqual({ group: 'mood', stands: undefined, other: 'good', isDifferent: true });
  });

  it('name nobody where this device does not know', () => {
    expect(versionsOf([{ ...lostOf('note', 'x'), by: 'c:1:x' }], history).other).toEqual({
      author: undefined,
      at: undefined,
    });
  });
});
