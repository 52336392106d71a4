import { describe, expect, it } from 'vitest';
import { againDraftName, draftOfValues, isAgainDraft } from './entry-draft.ts';

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

  it('is kept beside the one of a new entry', () => {
    expect([isAgainDraft(againDraftName('1')), isAgainDraft('add'), isAgainDraft(null)]).toEqual([true, false, false]);
  });
});
