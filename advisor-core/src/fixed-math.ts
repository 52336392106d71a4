/**
 * Logarithm and exponential from + - * / alone. These are exact to the last bit in every engine (IEEE 754), while
 * `Math.log`, `Math.exp` and `Math.pow` may differ between engines, and advice must not. Relative error below 1e-13.
 */

/** ln 2, to the nearest double. */
const ln2 = 0.6931471805599453;
const rootOfTwo = 1.4142135623730951;

/** Natural logarithm of a positive finite number. Throws a RangeError for any other. */
export const lnOf = (x: number): number => {
  if (!(x > 0) || x === Number.POSITIVE_INFINITY) throw new RangeError(`no logarithm of ${x}`);
  let mantissa = x;
  let exponent = 0;
  while (mantissa > rootOfTwo) {
    mantissa /= 2;
    exponent += 1;
  }
  while (mantissa < rootOfTwo / 2) {
    mantissa *= 2;
    exponent -= 1;
  }
  // ln m = 2 artanh((m - 1) / (m + 1)), whose series converges fast here: |ratio| < 0.172.
  const ratio = (mantissa - 1) / (mantissa + 1);
  const square = ratio * ratio;
  let sum = 0;
  for (let term = 23; term >= 1; term -= 2) sum = sum * square + 1 / term;
  return 2 * ratio * sum + exponent * ln2;
};

/** e to the power of `x`; 0 below -700, and a RangeError above 700, where a double would overflow. */
export const expOf = (x: number): number => {
  if (!(x <= 700)) throw new RangeError(`no exponential of ${x}`);
  if (x < -700) return 0;
  const halvings = Math.round(x / ln2);
  const rest = x - halvings * ln2;
  let sum = 1;
  for (let term = 16; term >= 1; term--) sum = 1 + (sum * rest) / term;
  let scaled = sum;
  for (let i = 0; i < halvings; i++) scaled *= 2;
  for (let i = 0; i > halvings; i--) scaled /= 2;
  return scaled;
};

/** `0.5 ^ (age / halfLife)` for whole ages of 0 and above, as a table made by multiplication. */
export const decayWeights = (count: number, halfLife: number): readonly number[] => {
  const step = expOf(-ln2 / halfLife);
  const weights: number[] = [];
  for (let age = 0, weight = 1; age < count; age++, weight *= step) weights.push(weight);
  return weights;
};
