/**
 * Runs work while no other tab, nor the service worker, runs work of that name, as far as can be had. After `waitMs` it
 * takes the lock away from whoever has it: a frozen tab may hold it for ever, and two at once only do the same thing
 * twice. Whoever lost the lock goes on to its end all the same.
 */
export const oneTabAtATime = async <T>(name: string, waitMs: number, work: () => Promise<T>): Promise<T> => {
  if (!('locks' in navigator)) return work();
  let begun: Promise<T> | undefined;
  const begin = () => (begun ??= work());
  const whenAsked = async (options: LockOptions): Promise<T> => {
    try {
      return await navigator.locks.request(name, options, begin);
    } catch (error) {
      // Rejected by the lock itself, before the work or during it, or by the work, which is then told as it is.
      if (!begun) throw error;
      return begun;
    }
  };
  return whenAsked({ signal: AbortSignal.timeout(waitMs) }).catch((error: unknown) => {
    if (begun) throw error;
    return whenAsked({ steal: true }).catch(begin);
  });
};

/** Runs work unless work of that name runs in this tab or another; then answers nothing. */
export const unlessBusy = async <T>(name: string, work: () => Promise<T>): Promise<T | undefined> => {
  if (!('locks' in navigator)) return work();
  return navigator.locks.request(name, { ifAvailable: true }, async (lock) => (lock ? work() : undefined));
};
