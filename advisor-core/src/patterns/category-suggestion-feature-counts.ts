import { lnOf } from '../fixed-math.ts';
import { getOrAdd } from '../get-or-add.ts';
import type { Feature } from './category-suggestion-features.ts';

/** Counts of features by category, with smoothed logarithms of their shares: one multinomial for each category. */
export type FeatureCounts = {
  readonly add: (features: readonly Feature[], categoryId: string) => void;
  /** For each category the sum over features of weight x ln share; features never counted say nothing. */
  readonly logLikelihoods: (features: readonly Feature[], categoryIds: readonly string[]) => Float64Array;
  /** How much more the feature belongs to the category than to all others together, as a logarithm. */
  readonly logRatio: (feature: Feature, categoryId: string) => number;
};

const smoothing = 0.1;

export const createFeatureCounts = (): FeatureCounts => {
  const byFeature = new Map<string, Map<string, number>>();
  const totals = new Map<string, number>();
  let grandTotal = 0;
  const ln = createLogTable();
  const denominator = (total: number): number => lnOf(total + smoothing * byFeature.size);

  return {
    add: (features, categoryId) => {
      for (const { name } of features) addTo(getOrAdd(byFeature, name, noCounts), categoryId, 1);
      addTo(totals, categoryId, features.length);
      grandTotal += features.length;
    },
    logLikelihoods: (features, categoryIds) => {
      const known = features.filter(({ name }) => byFeature.has(name));
      const weight = known.reduce((sum, feature) => sum + feature.weight, 0);
      const indexes = new Map(categoryIds.map((categoryId, index) => [categoryId, index]));
      const sums = Float64Array.from(categoryIds, (categoryId) => {
        return known.length === 0 ? 0 : weight * (ln(0) - denominator(totals.get(categoryId) ?? 0));
      });
      for (const feature of known)
        for (const [categoryId, count] of byFeature.get(feature.name) ?? []) {
          const index = indexes.get(categoryId);
          if (index !== undefined) sums[index] = (sums[index] ?? 0) + feature.weight * (ln(count) - ln(0));
        }
      return sums;
    },
    logRatio: ({ name }, categoryId) => {
      const counts = byFeature.get(name);
      if (counts === undefined) return 0;
      const own = counts.get(categoryId) ?? 0;
      const others = sumOf(counts) - own;
      const ownTotal = totals.get(categoryId) ?? 0;
      const ratio = ln(own) - denominator(ownTotal) - ln(others) + denominator(grandTotal - ownTotal);
      return own === 0 ? Math.min(0, ratio) : ratio;
    },
  };
};

const noCounts = (): Map<string, number> => new Map();

const addTo = (counts: Map<string, number>, key: string, by: number): Map<string, number> =>
  counts.set(key, (counts.get(key) ?? 0) + by);

const sumOf = (counts: ReadonlyMap<string, number>): number => {
  let sum = 0;
  for (const count of counts.values()) sum += count;
  return sum;
};

/** ln of a whole count plus the smoothing, each worked out once. */
const createLogTable = (): ((count: number) => number) => {
  const table: number[] = [];
  return (count) => {
    while (table.length <= count) table.push(lnOf(table.length + smoothing));
    return table[count] ?? 0;
  };
};
