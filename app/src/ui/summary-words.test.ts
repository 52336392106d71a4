import { describe, expect, it } from 'vitest';
import type { ChangeSummary } from '../model/history.ts';
import { createFormat } from './format.ts';
import { listText, summaryWords } from './summary-words.ts';

const category = { id: 'c1', name: 'Groceries', hue: 1, icon: '', order: 0 };
const context = { format: createFormat('en-GB'), categoryById: new Map([['c1', category]]) };
const amount = { minor: 51_000, currency: 'EUR' };

const wordsOf = (part: Partial<ChangeSummary>) =>
  summaryWords(
    {
      identity: 'i',
      kind: 'expense',
      id: '1',
      what: 'changed',
      groups: [],
      values: { amount, description: 'REWE' },
      author: { type: 'thisDevice' },
      at: 1,
      receivedAt: null,
      othersCount: 0,
      ...part,
    },
    context,
  );

describe('a line of the changes', () => {
  it('names the fields that changed', () => {
    expect(wordsOf({ groups: ['note', 'amount'] })).toEqual({
      title: 'REWE',
      what: 'Note and amount changed',
      amount: '510.00\u00a0EUR',
    });
  });

  it('names a budget by what it is for', () => {
    const of = { category: 'c1', month: '2025-12', currency: 'EUR' };
    expect(wordsOf({ kind: 'budget', groups: ['amount'], values: { of, amount } }).title).toBe(
      'Groceries, December 2025',
    );
  });

  it('says how many more there were', () => {
    expect(wordsOf({ what: 'added', othersCount: 1209 }).what).toBe('Added, and 1,209 more with it');
  });

  it('has a name for everything that can wait', () => {
    const title = (kind: string, values: ChangeSummary['values'] = {}) => wordsOf({ kind, values }).title;
    expect(title('import', { file: { name: 'november.csv' } })).toBe('november.csv');
    expect(title('profile')).toBe('Your profile');
    expect(title('dismissal')).toBe('An answer to a notice or to advice');
    expect(title('forecast')).toBe('A forecast, kept to be scored');
    expect(title('mood')).toBe('A record of a newer version of the app');
    expect(title('expense')).toBe('No description');
  });
});

describe('a list in words', () => {
  it('has an "and" before the last', () => {
    expect([[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map(listText)).toEqual(['', 'a', 'a and b', 'a, b and c']);
  });
});
