import { compareText } from '../compare.ts';
import { lnOf } from '../fixed-math.ts';
import { createFeatureCounts } from './category-suggestion-feature-counts.ts';
import type { CategoryFeatures, CategoryQuestion } from './category-suggestion-features.ts';
import { softmaxInPlace } from './category-suggestion-softmax.ts';
import { createTitleHistory, type TitleRecord } from './category-suggestion-titles.ts';

/** An entry with a category, to learn from. */
export type CategoryExample = CategoryQuestion & {
  readonly id: string;
  readonly day: number;
  readonly categoryId: string;
};

/** Aligned with `categoryIds`; each sums to 1. `byTitle` only where the title was seen before. */
export type CategoryShares = {
  /** Those with examples, in code-unit order. */
  readonly categoryIds: readonly string[];
  readonly byWords: Float64Array;
  readonly byTitle: readonly number[] | undefined;
};

/** An example, with `categoryFeatures` of it. */
type Example = Pick<CategoryExample, 'id' | 'day' | 'categoryId'>;

export type CategoryCounts = {
  /** Ids are unique among what is in. */
  readonly add: (features: CategoryFeatures, example: Example) => void;
  /** Takes out an example that was added, given with the same fields. Throws a RangeError where it was not. */
  readonly remove: (features: CategoryFeatures, example: Example) => void;
  readonly shares: (features: CategoryFeatures) => CategoryShares;
  readonly titleRecord: (features: CategoryFeatures, categoryId: string) => TitleRecord;
  /** Words of the title that speak for the category against all others, most telling first; at most three. */
  readonly tellingWords: (features: CategoryFeatures, categoryId: string) => readonly string[];
};

/** Words of one title say partly the same thing; a full sum of their logarithms would be far too sure. */
const dependence = 0.5;
const priorSmoothing = 0.3;
const tellingWordsMax = 3;

/**
 * What titles and words have been filed under, as counts: the state depends on the set of examples, never on their
 * order, and a removed example leaves no trace. So whatever it says may stand behind advice.
 *
 * Method: for a title seen before (same merchant key), the categories of its latest entries with halving weights. For
 * any title, multinomial naive Bayes (McCallum and Nigam 1998) over words and parts of words, and over amount bins and
 * account. Words are counted once for each distinct title, as Kneser-Ney smoothing counts contexts, for what a new
 * title will be is told by how many titles a category has rather than by how often one of them comes back.
 * Cost: features of the title x categories for a question; features, and a search in the title's entries, to learn.
 */
export const createCategoryCounts = (): CategoryCounts => {
  const history = createTitleHistory();
  const words = createFeatureCounts();
  const context = createFeatureCounts();
  const titlesIn = createTitlesByCategory();

  const count = ({ words: title, ofWords, ofContext }: CategoryFeatures, categoryId: string, by: 1 | -1): void => {
    if (titlesIn.count(title.join(' '), categoryId, by)) words.add(ofWords, categoryId, by);
    context.add(ofContext, categoryId, by);
  };

  return {
    add: (features, example) => {
      history.add(features.merchant, example);
      count(features, example.categoryId, 1);
    },
    remove: (features, example) => {
      history.remove(features.merchant, example);
      count(features, example.categoryId, -1);
    },
    shares: ({ merchant, ofWords, ofContext }) => {
      const categoryIds = titlesIn.categoryIds();
      const byText = words.logLikelihoods(ofWords, categoryIds);
      const byContext = context.logLikelihoods(ofContext, categoryIds);
      const logs = Float64Array.from(categoryIds, (categoryId, index) => {
        const prior = lnOf(titlesIn.titles(categoryId) + priorSmoothing);
        return prior + dependence * ((byText[index] ?? 0) + (byContext[index] ?? 0));
      });
      return { categoryIds, byWords: softmaxInPlace(logs), byTitle: history.shares(merchant, categoryIds) };
    },
    titleRecord: ({ merchant }, categoryId) => history.record(merchant, categoryId),
    tellingWords: ({ ofWords }, categoryId) => {
      const strengths = new Map<string, number>();
      for (const feature of ofWords) {
        const strength = feature.weight * words.logRatio(feature, categoryId);
        strengths.set(feature.word, (strengths.get(feature.word) ?? 0) + strength);
      }
      const telling = [...strengths].filter(([, strength]) => strength > 0).sort(([, a], [, b]) => b - a);
      return telling.slice(0, tellingWordsMax).map(([word]) => word);
    },
  };
};

type TitlesByCategory = {
  /** True where the title enters or leaves the category by this. */
  readonly count: (title: string, categoryId: string, by: 1 | -1) => boolean;
  readonly titles: (categoryId: string) => number;
  readonly categoryIds: () => readonly string[];
};

/** How many distinct titles each category has, from how many entries each title has in it. */
const createTitlesByCategory = (): TitlesByCategory => {
  const entries = new Map<string, Map<string, number>>();
  let sorted: readonly string[] | undefined;
  return {
    count: (title, categoryId, by) => {
      const titles = entries.get(categoryId) ?? new Map<string, number>();
      const before = titles.get(title) ?? 0;
      if (before + by < 0) throw new RangeError(`never learned in ${categoryId}: ${title}`);
      if (before + by === 0) titles.delete(title);
      else titles.set(title, before + by);
      if (!entries.has(categoryId) || titles.size === 0) sorted = undefined;
      if (titles.size === 0) entries.delete(categoryId);
      else entries.set(categoryId, titles);
      return before === 0 || before + by === 0;
    },
    titles: (categoryId) => entries.get(categoryId)?.size ?? 0,
    categoryIds: () => {
      sorted ??= [...entries.keys()].sort(compareText);
      return sorted;
    },
  };
};
