import type { CategoryFeatures } from './category-suggestion-features.ts';
import { softmaxInPlace } from './category-suggestion-softmax.ts';

/** A classifier whose weights depend on the order of learning: for suggestions while typing, never behind advice. */
export type CategoryRanker = {
  readonly learn: (features: CategoryFeatures, categoryId: string) => void;
  /** Its share of each category it knows; they sum to 1. */
  readonly shares: (features: CategoryFeatures) => ReadonlyMap<string, number>;
};

/** Room for features: more of them share a place, which costs a little accuracy and no memory. */
const bucketCount = 1 << 15;
/** Time and memory grow with categories; those that come after these are left to the counts. */
const categoriesMax = 256;
const learningRate = 0.5;
const stepDamping = 0.1;
/** A smaller error of a share is not worth a step; most categories are far from most titles. */
const errorMin = 1e-3;

/**
 * Multinomial logistic regression, learned one example at a time with AdaGrad steps (Duchi, Hazan and Singer 2011) over
 * hashed features (Weinberger et al. 2009): words, parts of words, neighbours, first word, whole title, long numbers,
 * amount bins, account. Cost of one question or example: its features x categories.
 */
export const createCategoryRanker = (): CategoryRanker => {
  const categoryIds: string[] = [];
  const indexes = new Map<string, number>();
  const rows: (Float32Array | undefined)[] = [];

  const score = (places: readonly Place[]): Float64Array => {
    const scores = new Float64Array(categoryIds.length);
    for (const { bucket, weight } of places) {
      const row = rows[bucket];
      if (row === undefined) continue;
      const known = Math.min(scores.length, row.length / 2);
      for (let c = 0; c < known; c++) scores[c] = (scores[c] ?? 0) + weight * (row[2 * c] ?? 0);
    }
    return softmaxInPlace(scores);
  };

  const step = (places: readonly Place[], errors: Float64Array): void => {
    const wrong = categoryIds.map((_, index) => index).filter((index) => Math.abs(errors[index] ?? 0) >= errorMin);
    for (const { bucket, weight } of places) {
      const row = withRoom(rows[bucket], errors.length);
      rows[bucket] = row;
      for (const c of wrong) {
        const slope = (errors[c] ?? 0) * weight;
        const steepness = (row[2 * c + 1] ?? 0) + slope * slope;
        row[2 * c + 1] = steepness;
        row[2 * c] = (row[2 * c] ?? 0) - (learningRate * slope) / Math.sqrt(steepness + stepDamping);
      }
    }
  };

  return {
    learn: (features, categoryId) => {
      if (!indexes.has(categoryId)) {
        if (categoryIds.length >= categoriesMax) return;
        indexes.set(categoryId, categoryIds.push(categoryId) - 1);
      }
      const places = placesOf(features);
      const errors = score(places);
      const own = indexes.get(categoryId) ?? 0;
      errors[own] = (errors[own] ?? 0) - 1;
      step(places, errors);
    },
    shares: (features) => {
      const shares = score(placesOf(features));
      return new Map(categoryIds.map((categoryId, index) => [categoryId, shares[index] ?? 0]));
    },
  };
};

type Place = { readonly bucket: number; readonly weight: number };

const placesOf = ({ ofWords, ofOrder, ofContext }: CategoryFeatures): readonly Place[] => {
  const places: Place[] = [{ bucket: bucketCount, weight: 0.5 }];
  for (const features of [ofWords, ofOrder, ofContext])
    for (const { name, weight } of features) places.push({ bucket: hashOf(name) % bucketCount, weight });
  return places;
};

/** FNV-1a over UTF-16 code units, mixed once more so that its low bits are good. */
const hashOf = (text: string): number => {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash ^ (hash >>> 15)) >>> 0;
};

/** Weight and summed squares of slopes, side by side for each category; twice as many when it is full. */
const withRoom = (row: Float32Array | undefined, categories: number): Float32Array => {
  if (row !== undefined && row.length >= 2 * categories) return row;
  let capacity = 8;
  while (capacity < categories) capacity *= 2;
  const wider = new Float32Array(2 * capacity);
  if (row !== undefined) wider.set(row);
  return wider;
};
