import { median } from './statistics.ts';

const loops = 20_000_000;
const runs = 3;

/**
 * Milliseconds that a fixed loop of integer arithmetic takes here and now, the median of three. Times are told beside it:
 * on another machine, or a busier one, both grow alike.
 */
export const calibrationMs = (): number => median(Array.from({ length: runs }, oneRunMs));

const oneRunMs = (): number => {
  const startedAtMs = performance.now();
  let state = 1;
  for (let i = 0; i < loops; i++) state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
  // Used, so that no compiler leaves the loop out.
  if (state === 0) throw new Error('the generator has no zero after this many steps');
  return performance.now() - startedAtMs;
};
