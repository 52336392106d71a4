/** Values with weights, ascending, ready to be asked for quantiles. Made by `weightedSample`. */
export type WeightedSample = {
  readonly values: readonly number[];
  readonly weights: readonly number[];
  readonly totalWeight: number;
  /** Kish's effective size: how many equally weighted values say as much. 1 to the number of values. */
  readonly effectiveCount: number;
};

/**
 * `weights[i]` belongs to `values[i]`; all are above zero, and there is at least one. Equal values are ordered by
 * weight, so that the same pairs in any order give the same sums to the last bit. Cost: n log n.
 */
export const weightedSample = (values: readonly number[], weights: readonly number[]): WeightedSample => {
  if (values.length === 0 || values.length !== weights.length) throw new RangeError('one weight for each value');
  const pairs = values
    .map((value, index) => [value, weights[index] ?? 0] as const)
    .sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  let totalWeight = 0;
  let squares = 0;
  for (const [, weight] of pairs) {
    totalWeight += weight;
    squares += weight * weight;
  }
  return {
    values: pairs.map(([value]) => value),
    weights: pairs.map(([, weight]) => weight),
    totalWeight,
    effectiveCount: (totalWeight * totalWeight) / squares,
  };
};

/**
 * The quantile at `level` (0 to 1), each value standing at the middle of its weight and lines drawn between: Hyndman
 * and Fan's type 5 (Hazen) where weights are equal. Never outside the values.
 */
export const quantileOf = (sample: WeightedSample, level: number): number => {
  const target = level * sample.totalWeight;
  let passed = 0;
  let previous = sample.values[0] ?? 0;
  let previousMiddle = 0;
  for (const [index, value] of sample.values.entries()) {
    const weight = sample.weights[index] ?? 0;
    const middle = passed + weight / 2;
    if (middle >= target) {
      const share = index === 0 ? 1 : (target - previousMiddle) / (middle - previousMiddle);
      return previous + share * (value - previous);
    }
    passed += weight;
    previous = value;
    previousMiddle = middle;
  }
  return previous;
};

/**
 * Mean of the quantiles at five levels from `level - halfBand` to `level + halfBand`: a single quantile of few values
 * jumps with each of them, the mean of its neighbours less (an L-estimator, as Harrell and Davis, 1982).
 */
export const smoothedQuantileOf = (sample: WeightedSample, level: number, halfBand: number): number => {
  if (halfBand === 0) return quantileOf(sample, level);
  let sum = 0;
  for (const step of [-1, -0.5, 0, 0.5, 1])
    sum += quantileOf(sample, Math.min(1, Math.max(0, level + step * halfBand)));
  return sum / 5;
};

/** The smallest of the values with at least `level` of the weight at or below it: never between two values. */
export const stepQuantileOf = (sample: WeightedSample, level: number): number => {
  // Sums of weights carry rounding errors in their last bits, which must not decide between two values.
  const target = level * sample.totalWeight * (1 - 1e-12);
  let passed = 0;
  for (const [index, value] of sample.values.entries()) {
    passed += sample.weights[index] ?? 0;
    if (passed >= target) return value;
  }
  return sample.values.at(-1) ?? 0;
};

/** Of at least one value; the mean of the middle two where their number is even. */
export const medianOf = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? 0;
  // The halves apart, for the sum of two huge amounts may be too large.
  return lower / 2 + upper / 2;
};

/** To a whole number, halves away from zero, never negative zero. */
export const roundMinor = (amount: number): number => Math.sign(amount) * Math.floor(Math.abs(amount) + 0.5) + 0;
