import type { WakeReason } from './create-syncer.ts';

/** How often a page that is looked at asks for other devices' changes. */
const pollEveryMs = 30_000;

/** Wakes the syncer when the network or the page comes back, and now and then while it is looked at. */
export const startTriggers = (wake: (reason: WakeReason) => void): (() => void) => {
  const stop = new AbortController();
  const { signal } = stop;
  const isSeen = () => document.visibilityState === 'visible';
  addEventListener('online', () => wake('asked'), { signal });
  // Nothing can be sent, but the status is another.
  addEventListener('offline', () => wake('poll'), { signal });
  document.addEventListener('visibilitychange', () => isSeen() && wake('asked'), { signal });
  const timer = setInterval(() => isSeen() && wake('poll'), pollEveryMs);
  return () => {
    stop.abort();
    clearInterval(timer);
  };
};
