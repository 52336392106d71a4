/**
 * Whole-number arithmetic on minor units of one currency. Results are safe integers and never negative zero; anything
 * else is a bug and throws a RangeError, for a wrong total is worse than none.
 */

export const addMinor = (a: number, b: number): number => assertSafe(a + b);
export const subtractMinor = (a: number, b: number): number => assertSafe(a - b);

export const sumMinor = (amounts: Iterable<number>): number => {
  let sum = 0;
  for (const amount of amounts) sum = addMinor(sum, assertSafe(amount));
  return sum;
};

/** The quotient without its fraction: 7 / 2 is 3, -7 / 2 is -3. */
export const divideTowardZero = (minor: number, divisor: number): number =>
  assertSafe((minor - (minor % divisor)) / divisor);

/** `minor * numerator / denominator`, halves rounded away from zero: 2.5 is 3, -2.5 is -3. `denominator` is positive. */
export const shareOf = (minor: number, numerator: number, denominator: number): number => {
  const product = assertSafe(minor * numerator);
  const remainder = product % denominator;
  const roundsAway = Math.abs(remainder) * 2 >= denominator;
  return addMinor(divideTowardZero(product, denominator), roundsAway ? Math.sign(product) : 0);
};

const assertSafe = (minor: number): number => {
  if (!Number.isSafeInteger(minor)) throw new RangeError(`not a safe whole number of minor units: ${minor}`);
  return minor === 0 ? 0 : minor;
};
