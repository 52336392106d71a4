import { compareText } from '../compare.ts';

export type SeenTitle = { readonly day: number; readonly id: string; readonly categoryId: string };

/** How often a title had a category, of how often it was seen. */
export type TitleRecord = { readonly times: number; readonly of: number };

/** What each title was filed under, by day and id, whatever the order in which it was learned. */
export type TitleHistory = {
  readonly add: (key: string, seen: SeenTitle) => void;
  readonly record: (key: string, categoryId: string) => TitleRecord;
  /** Smoothed shares that sum to 1, aligned with `categoryIds`; undefined for a title never seen. */
  readonly shares: (key: string, categoryIds: readonly string[]) => readonly number[] | undefined;
};

/** Each later entry of the same title halves what an earlier one says: people rename and re-file for good. */
const recencyFactor = 0.5;
/** Beyond these the weight is below one in a thousand million. */
const entriesWeighedMax = 30;
/** Of a category that the title never had. */
const unseenWeight = 0.03;

export const createTitleHistory = (): TitleHistory => {
  const byKey = new Map<string, Title>();
  return {
    add: (key, { day, id, categoryId }) => {
      if (key === '') return;
      const title = byKey.get(key) ?? { history: [], times: new Map() };
      const seen = { day, id, categoryId };
      title.history.splice(indexOf(title.history, seen), 0, seen);
      title.times.set(categoryId, (title.times.get(categoryId) ?? 0) + 1);
      byKey.set(key, title);
    },
    record: (key, categoryId) => {
      const title = byKey.get(key);
      return { times: title?.times.get(categoryId) ?? 0, of: title?.history.length ?? 0 };
    },
    shares: (key, categoryIds) => {
      const title = byKey.get(key);
      return title && sharesOf(title.history, categoryIds);
    },
  };
};

/** By day and id, and how often each category is in it. */
type Title = { readonly history: SeenTitle[]; readonly times: Map<string, number> };

const sharesOf = (history: readonly SeenTitle[], categoryIds: readonly string[]): readonly number[] => {
  const weights = new Map<string, number>();
  let weight = 1;
  let total = unseenWeight * categoryIds.length;
  for (const { categoryId } of history.slice(-entriesWeighedMax).reverse()) {
    weights.set(categoryId, (weights.get(categoryId) ?? 0) + weight);
    total += weight;
    weight *= recencyFactor;
  }
  return categoryIds.map((categoryId) => ((weights.get(categoryId) ?? 0) + unseenWeight) / total);
};

/** Of the place where it belongs. */
const indexOf = (history: readonly SeenTitle[], seen: SeenTitle): number => {
  let low = 0;
  let high = history.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = history[middle];
    if (other !== undefined && (other.day - seen.day || compareText(other.id, seen.id)) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
};
