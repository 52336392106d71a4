import type { CategorySuggestion } from '@fintrack/advisor-core';
import { describe, expect, it } from 'vitest';
import type { Category } from '../../model/ledger.ts';
import { suggestedFirst, suggestionsIn, usualOfAnswer } from './category-answer.ts';
import { emptyForm } from './entry-form.ts';

const category = (id: string): Category => ({ id, name: id, hue: 0, icon: '', order: 0 });
const categories = [category('housing'), category('dining'), category('leisure')];
const byId = new Map(categories.map((each) => [each.id, each]));

const filed = (categoryId: string, times = 3): CategorySuggestion => ({
  categoryId,
  share: 0.5,
  reason: { type: 'same-title', words: ['zola'], times, of: 4 },
});
const guessed = (categoryId: string): CategorySuggestion => ({
  categoryId,
  share: 0.5,
  reason: { type: 'words', words: ['lunch'] },
});
const answer = (...suggestions: CategorySuggestion[]) => ({ title: 'Zola', suggestions });

describe('suggested categories', () => {
  it('come first, best first, then the others as they were', () => {
    const ids = suggestedFirst(categories, [filed('leisure'), guessed('dining')]).map(({ id }) => id);
    expect(ids).toEqual(['leisure', 'dining', 'housing']);
  });

  it('leave out categories that are gone', () => {
    expect(suggestionsIn(answer(filed('gone'), filed('dining')), byId)).toEqual([filed('dining')]);
    expect(suggestionsIn(undefined, byId)).toEqual([]);
  });
});

describe('the usual category of a title filed long ago', () => {
  const form = { ...emptyForm('expense', '2026-11-20', 'EUR'), title: ' Zola ' };
  const usual = (change: Partial<typeof form>, ...suggestions: CategorySuggestion[]) =>
    usualOfAnswer({ ...form, ...change }, answer(...suggestions), suggestions);

  it('is the best suggestion, with how often', () => {
    expect(usual({}, filed('dining'), filed('leisure', 1))).toEqual({ categoryId: 'dining', times: 3, of: 4 });
  });

  it('is nothing where only words point to it', () => {
    expect(usual({}, guessed('dining'), filed('leisure', 1))).toBeUndefined();
  });

  it('is nothing of a title that was typed on since', () => {
    expect(usual({ title: 'Zola 2' }, filed('dining'))).toBeUndefined();
  });

  it('never takes the place of a choice, be it of no category', () => {
    expect(usual({ categoryId: 'leisure' }, filed('dining'))).toBeUndefined();
    expect(usual({ isCategoryChosen: true }, filed('dining'))).toBeUndefined();
    expect(usual({ kind: 'income' }, filed('dining'))).toBeUndefined();
  });
});
