import type { Sync } from '../model/services.ts';

/**
 * Where the browser can (Chromium), has it wake the service worker once there is a network, even with every tab closed:
 * asked for once whenever something waits that this page may not get to send.
 */
export const askForBackgroundSync = (sync: Sync): void => {
  let isAsked = false;
  const look = (): void => {
    const { waiting, phase } = sync.status();
    if (waiting === 0) {
      isAsked = false;
      return;
    }
    const isAway = phase.type === 'offline' || phase.type === 'waitingToRetry' || document.visibilityState === 'hidden';
    if (isAsked || !isAway) return;
    isAsked = true;
    // Refused or not there: the page's own triggers send it once the app is opened again.
    ask().catch(() => undefined);
  };
  sync.subscribe(look);
  document.addEventListener('visibilitychange', look);
};

/** The service worker answers every tag alike. */
const tag = 'back-up';

type WithSync = ServiceWorkerRegistration & { readonly sync: { register(tag: string): Promise<void> } };

const hasSync = (registration: ServiceWorkerRegistration): registration is WithSync => 'sync' in registration;

const ask = async (): Promise<void> => {
  const registration = 'serviceWorker' in navigator ? await navigator.serviceWorker.getRegistration() : undefined;
  if (registration && hasSync(registration)) await registration.sync.register(tag);
};
