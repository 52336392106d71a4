import { describe, expect, it } from 'vitest';
import type { GroupChange, HistoryEvent } from '../../model/history.ts';
import { createFormat } from '../../ui/format.ts';
import { eventLines } from './event-lines.ts';
import { undoneSentence } from './words.ts';

const category = { id: 'c1', name: 'Dining', hue: 2, icon: '', order: 0 };
const context = { format: createFormat('en-GB'), categoryById: new Map([['c1', category]]) };
const euros = (minor: number) => ({ minor, currency: 'EUR' });

const linesOf = (groups: readonly GroupChange[], what: HistoryEvent['what'] = 'changed') =>
  eventLines(
    { identity: 'i', what, author: { type: 'thisDevice' }, at: 1, receivedAt: 2, groups, metDelete: false, values: {} },
    context,
  ).map(({ text }) => text);

describe('a change in words', () => {
  it('goes from the value before to the one after', () => {
    expect(
      linesOf([
        { group: 'amount', before: euros(1240), after: euros(-99), outcome: 'set' },
        { group: 'category', before: null, after: 'c1', outcome: 'set' },
        { group: 'note', before: 'with Jo', after: '', outcome: 'set' },
        { group: 'date', after: '2025-11-06', outcome: 'set' },
      ]),
    ).toEqual([
      'Amount: 12.40\u00a0EUR to \u22120.99\u00a0EUR',
      'Category: no category to Dining',
      'Note: with Jo to nothing',
      'Date: Thu 6 Nov 2025',
    ]);
  });

  it('says of a conflict who lost and who won', () => {
    expect(linesOf([{ group: 'note', after: 'mine', outcome: 'lost' }])).toEqual([
      'Note mine lost to a later value, and is kept here',
    ]);
    expect(linesOf([{ group: 'note', before: 'a', after: 'b', outcome: 'won' }])).toEqual([
      'Note: a to b, stood against another device\u2019s value',
    ]);
  });

  it('leaves out what people do not set, and names what is gone or newer as well as it can', () => {
    expect(
      linesOf([
        { group: 'import', after: 'i1', outcome: 'set' },
        { group: 'category', after: 'c9', outcome: 'set' },
        { group: 'mood', after: { good: true }, outcome: 'set' },
      ]),
    ).toEqual(['Category: a category that is gone', 'mood: {"good":true}'.replace('m', 'M')]);
  });
});

describe('an undo', () => {
  it('says what it left alone', () => {
    expect(undoneSentence({ undone: 2, skipped: 0 }, 'Zola')).toBe('Zola is as it was before');
    expect(undoneSentence({ undone: 1, skipped: 1 }, 'Zola')).toMatch(/partly as it was before/);
    expect(undoneSentence({ undone: 0, skipped: 1 }, 'Zola')).toMatch(/was changed since, so it stays/);
  });
});
