import type { CategorySuggestion } from '@fintrack/advisor-core';
import type { Category } from '../../model/ledger.ts';
import type { EntryForm } from './entry-form.ts';
import type { UsualCategory } from './suggest-category.ts';

/** What the advisor suggests for a title, best first. */
export type CategoryAnswer = { readonly title: string; readonly suggestions: readonly CategorySuggestion[] };

/** Suggestions that the form can show: their categories still exist. */
export const suggestionsIn = (
  answer: CategoryAnswer | undefined,
  categories: ReadonlyMap<string, Category>,
): readonly CategorySuggestion[] => (answer?.suggestions ?? []).filter(({ categoryId }) => categories.has(categoryId));

/** Categories, those suggested first. */
export const suggestedFirst = (
  categories: readonly Category[],
  suggestions: readonly CategorySuggestion[],
): readonly Category[] => {
  const first = suggestions.flatMap(({ categoryId }) => categories.find(({ id }) => id === categoryId) ?? []);
  return [...first, ...categories.filter((category) => !first.includes(category))];
};

/**
 * The usual category of a title that was filed before the recent entries, which say nothing of it. Never in place of
 * what is chosen already, by the person or by them; a guess from words alone is only offered.
 */
export const usualOfAnswer = (
  form: EntryForm,
  answer: CategoryAnswer | undefined,
  suggestions: readonly CategorySuggestion[],
): UsualCategory | undefined => {
  if (form.kind === 'income' || form.isCategoryChosen || form.categoryId !== null) return undefined;
  if (answer?.title !== form.title.trim()) return undefined;
  const [best] = suggestions;
  if (best?.reason.type !== 'same-title') return undefined;
  return { categoryId: best.categoryId, times: best.reason.times, of: best.reason.of };
};
