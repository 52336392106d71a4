import type { AppUpdate } from '../model/services.ts';

/**
 * Registers the service worker and knows when a newer version waits. `workbox-window` comes after the first look at the
 * page: nothing on the screen needs it. Without service workers, or in development, there are no updates.
 */
export const createAppUpdate = (): AppUpdate => {
  const listeners = new Set<() => void>();
  let apply: (() => void) | undefined;
  const setReady = (run: () => void) => {
    apply = run;
    for (const listener of listeners) listener();
  };
  if (import.meta.env.PROD && 'serviceWorker' in navigator)
    addEventListener('load', () => void register(setReady).catch(() => undefined), { once: true });
  return {
    isReady: () => apply !== undefined,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    apply: () => apply?.(),
  };
};

/** How often an open tab asks for a newer version. */
const checkEveryMs = 60 * 60 * 1000;

const register = async (setReady: (apply: () => void) => void): Promise<void> => {
  const { Workbox } = await import('workbox-window');
  const workbox = new Workbox('/service-worker.js');
  let hasWorker = navigator.serviceWorker.controller !== null;
  let isWanted = false;
  const reloadWhenWanted = () => {
    isWanted = true;
    workbox.messageSkipWaiting();
  };
  workbox.addEventListener('waiting', () => setReady(reloadWhenWanted));
  workbox.addEventListener('controlling', () => {
    if (isWanted) location.reload();
    // Another tab updated: this one still runs the old version, and goes on until its person agrees.
    else if (hasWorker) setReady(() => location.reload());
    // At the first visit a worker takes over a page that has none: the same version, so nothing to update.
    hasWorker = true;
  });
  await workbox.register();
  setInterval(() => void workbox.update().catch(() => undefined), checkEveryMs);
};
