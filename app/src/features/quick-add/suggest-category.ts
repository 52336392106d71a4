import type { Category, Entry } from '../../model/ledger.ts';

/** A category for a title, by what its entries had before: `times` of `of`. */
export type UsualCategory = { readonly categoryId: string; readonly times: number; readonly of: number };

/** The usual category of this title among recent entries; the latest of two that are equally usual. */
export const suggestCategory = (title: string, recent: readonly Entry[]): UsualCategory | undefined => {
  const wanted = plain(title);
  if (wanted === '') return undefined;
  const alike = recent.filter((entry) => plain(entry.title) === wanted);
  const counts = new Map<string, number>();
  for (const { categoryId } of alike)
    if (categoryId !== null) counts.set(categoryId, (counts.get(categoryId) ?? 0) + 1);
  const [usual] = [...counts].sort(([, a], [, b]) => b - a);
  return usual && { categoryId: usual[0], times: usual[1], of: alike.length };
};

/** Categories, those used last first, then in the person's order. */
export const recentFirst = (categories: readonly Category[], recent: readonly Entry[]): readonly Category[] => {
  const order = [...new Set(recent.map((entry) => entry.categoryId))];
  const rank = (category: Category) => {
    const at = order.indexOf(category.id);
    return at === -1 ? order.length : at;
  };
  return [...categories].sort((a, b) => rank(a) - rank(b));
};

const plain = (title: string): string => title.trim().toLowerCase();
