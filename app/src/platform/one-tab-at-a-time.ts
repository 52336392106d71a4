/**
 * Runs work while no other tab runs work of that name, as far as can be had: after `waitMs` it runs all the same. A
 * frozen tab may hold the lock for ever; two tabs at once only do the same thing twice.
 */
export const oneTabAtATime = async <T>(name: string, waitMs: number, work: () => Promise<T>): Promise<T> => {
  if (!('locks' in navigator)) return work();
  let begun: Promise<T> | undefined;
  const begin = () => (begun ??= work());
  try {
    return await navigator.locks.request(name, { signal: AbortSignal.timeout(waitMs) }, begin);
  } catch (error) {
    // Rejected by the lock itself, before the work, or by the work, which is then told as it is.
    if (begun) throw error;
    return begin();
  }
};

/** Runs work unless work of that name runs in this tab or another; then answers nothing. */
export const unlessBusy = async <T>(name: string, work: () => Promise<T>): Promise<T | undefined> => {
  if (!('locks' in navigator)) return work();
  return navigator.locks.request(name, { ifAvailable: true }, async (lock) => (lock ? work() : undefined));
};
