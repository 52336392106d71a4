import { describe, expect, it } from 'vitest';
import { againDraftName, draftOfValues, sendAgainHref, sendAgainOf } from './entry-draft.ts';

describe('the draft of a refused entry', () => {
  it('has what was typed as a person would have typed it', () => {
    const values = {
      amount: { minor: 1499, currency: 'EUR' },
      date: '2026-11-03',
      description: 'Zola',
      category: null,
    };
    expect(draftOfValues('expense', values, ',')).toEqual({
      kind: 'expense',
      amountText: '14,99',
      currency: 'EUR',
      date: '2026-11-03',
      title: 'Zola',
      note: '',
      categoryId: null,
      isCategoryChosen: true,
    });
  });

  it('leaves out what cannot be read', () => {
    expect(draftOfValues('income', { amount: 'much', source: 'Work' }, '.')).toEqual({
      kind: 'income',
      title: 'Work',
      note: '',
    });
  });

  it('is kept beside the one of a new entry, and named in the address with the notice it answers', () => {
    const href = sendAgainHref('/add', 'rejected a:1:b', againDraftName('1'));
    expect(href.startsWith('/add?')).toBe(true);
    expect(sendAgainOf(href.slice('/add'.length))).toEqual({ answers: 'rejected a:1:b', draft: 'again/1' });
    expect(sendAgainOf('draft=add')).toEqual({});
    expect(sendAgainOf('')).toEqual({});
  });
});
