import { expOf } from '../fixed-math.ts';

/** Shares that sum to 1, in proportion to e to the power of each value. Returns the array it was given. */
export const softmaxInPlace = (logs: Float64Array): Float64Array => {
  let highest = Number.NEGATIVE_INFINITY;
  for (const log of logs) highest = Math.max(highest, log);
  let total = 0;
  for (let i = 0; i < logs.length; i++) {
    const share = expOf((logs[i] ?? 0) - highest);
    logs[i] = share;
    total += share;
  }
  for (let i = 0; i < logs.length; i++) logs[i] = (logs[i] ?? 0) / total;
  return logs;
};
