import { compareText } from '../compare.ts';
import { lnOf } from '../fixed-math.ts';
import { getOrAdd } from '../get-or-add.ts';
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
 * order.
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

  return {
    add: ({ merchant, words: title, ofWords, ofContext }, example) => {
      const { categoryId } = example;
      history.add(merchant, example);
      if (titlesIn.add(title.join(' '), categoryId)) words.add(ofWords, categoryId);
      context.add(ofContext, categoryId);
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
  /** True where the title is new to the category. */
  readonly add: (title: string, categoryId: string) => boolean;
  readonly titles: (categoryId: string) => number;
  readonly categoryIds: () => readonly string[];
};

/** The distinct titles of each category. */
const createTitlesByCategory = (): TitlesByCategory => {
  const titlesOf = new Map<string, Set<string>>();
  let sorted: readonly string[] | undefined;
  return {
    add: (title, categoryId) => {
      if (!titlesOf.has(categoryId)) sorted = undefined;
      const titles = getOrAdd(titlesOf, categoryId, () => new Set<string>());
      const isNew = !titles.has(title);
      titles.add(title);
      return isNew;
    },
    titles: (categoryId) => titlesOf.get(categoryId)?.size ?? 0,
    categoryIds: () => {
      sorted ??= [...titlesOf.keys()].sort(compareText);
      return sorted;
    },
  };
};
