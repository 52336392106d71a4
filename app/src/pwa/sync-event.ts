/**
 * Part of the service worker: answers the browser's `sync` event. What it takes to sync is large, so it is loaded when
 * such an event comes; it is fetched while the worker is installed, as nothing else may be imported later.
 */
const part = '/background-sync.js';

declare const self: ServiceWorkerGlobalScope & {
  /** Made by the part. Rejects for the browser to ask again later. */
  backUp?: () => Promise<void>;
};

/** Which only Chromium has, and so the library of types does not. */
type SyncEvent = ExtendableEvent & { readonly tag: string };

self.addEventListener('install', () => {
  if ('sync' in self.registration) self.importScripts(part);
});

self.addEventListener('sync', (event) => {
  if (!isSyncEvent(event)) return;
  if (!self.backUp) self.importScripts(part);
  event.waitUntil(self.backUp?.() ?? Promise.reject(new Error(`${part} is not there`)));
});

const isSyncEvent = (event: Event): event is SyncEvent => 'waitUntil' in event && 'tag' in event;

export {};
