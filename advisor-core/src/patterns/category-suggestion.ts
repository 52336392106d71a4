import { compareText } from '../compare.ts';
import { lnOf } from '../fixed-math.ts';
import { type CategoryCounts, type CategoryExample, createCategoryCounts } from './category-suggestion-counts.ts';
import { type CategoryFeatures, type CategoryQuestion, categoryFeatures } from './category-suggestion-features.ts';
import { createCategoryRanker } from './category-suggestion-ranker.ts';
import { softmaxInPlace } from './category-suggestion-softmax.ts';

export type { CategoryExample } from './category-suggestion-counts.ts';
export type { CategoryQuestion } from './category-suggestion-features.ts';

export type CategorySuggestion = {
  readonly categoryId: string;
  /** How far the evidence leans to it, among all categories; from 0 to 1. Not a calibrated probability. */
  readonly share: number;
  readonly reason: SuggestionReason;
};

export type SuggestionReason =
  /** The title, by its words, had the category `times` of the `of` times it was filed. */
  | { readonly type: 'same-title'; readonly words: readonly string[]; readonly times: number; readonly of: number }
  /** Words of the title that this category has more than others, most telling first. */
  | { readonly type: 'words'; readonly words: readonly string[] }
  /** No word says anything: what the amount and the usual categories of new titles point to. */
  | { readonly type: 'usual'; readonly words: readonly string[] };

export type CategoryLearner = {
  readonly learn: (example: CategoryExample) => void;
  /** At most three, best first. Empty before the first example. */
  readonly predict: (question: CategoryQuestion) => readonly CategorySuggestion[];
};

const suggestionsMax = 3;
/** Keeps one opinion that rules a category out from silencing the others. */
const opinionFloor = 0.03;
const wordsSay = 0.5;

/**
 * Suggests categories while a person types, from their own history alone. Three opinions are multiplied (a logarithmic
 * opinion pool, Genest and Zidek 1986): the title's own record, the words' counts, and the online ranker, which depends
 * on the order of learning. So suggestions are for typing, and outside what an incremental run must reproduce.
 * Deletions and edits are forgotten by learning anew. Cost of one suggestion: features of the title x categories.
 */
export const createCategoryLearner = (): CategoryLearner => {
  const counts = createCategoryCounts();
  const ranker = createCategoryRanker();
  return {
    learn: (example) => {
      const features = categoryFeatures(example);
      counts.add(features, example);
      ranker.learn(features, example.categoryId);
    },
    predict: (question) => {
      const features = categoryFeatures(question);
      const { categoryIds, byWords, byTitle } = counts.shares(features);
      const ranked = ranker.shares(features);
      const pooled = Float64Array.from(categoryIds, (categoryId, index) => {
        const title = byTitle === undefined ? 0 : opinionOf(byTitle[index]);
        return title + wordsSay * opinionOf(byWords[index]) + opinionOf(ranked.get(categoryId));
      });
      const shares = softmaxInPlace(pooled);
      return categoryIds
        .map((categoryId, index) => ({ categoryId, share: shares[index] ?? 0 }))
        .sort((a, b) => b.share - a.share || compareText(a.categoryId, b.categoryId))
        .slice(0, suggestionsMax)
        .map((found) => ({ ...found, reason: reasonFor(counts, features, found.categoryId) }));
    },
  };
};

/** Learns `perSlice` examples between yields, which hand out how many are learned. */
export function* learnInSlices(
  learner: Pick<CategoryLearner, 'learn'>,
  examples: Iterable<CategoryExample>,
  perSlice = 500,
): Generator<number, number> {
  let learned = 0;
  for (const example of examples) {
    learner.learn(example);
    learned += 1;
    if (learned % perSlice === 0) yield learned;
  }
  return learned;
}

const opinionOf = (share = 0): number => lnOf(share + opinionFloor);

const reasonFor = (counts: CategoryCounts, features: CategoryFeatures, categoryId: string): SuggestionReason => {
  const record = counts.titleRecord(features, categoryId);
  if (record.times > 0) return { type: 'same-title', words: features.words, ...record };
  const words = counts.tellingWords(features, categoryId);
  return words.length > 0 ? { type: 'words', words } : { type: 'usual', words };
};
