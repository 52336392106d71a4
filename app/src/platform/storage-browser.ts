import type { StorageBrowser } from './storage-guard.ts';

/** The browser's own storage calls, as far as this one has them. */
export const storageBrowser = (): StorageBrowser => {
  const manager: Partial<StorageManager> | undefined = 'storage' in navigator ? navigator.storage : undefined;
  const heapLimitBytes = heapLimitOf(performance);
  return {
    ...(manager?.persisted ? { persisted: () => navigator.storage.persisted() } : {}),
    ...(manager?.persist ? { persist: () => navigator.storage.persist() } : {}),
    ...(manager?.estimate ? { estimate: () => navigator.storage.estimate() } : {}),
    ...(manager?.getDirectory ? { getDirectory: () => navigator.storage.getDirectory() } : {}),
    ...('permissions' in navigator ? { wouldPrompt } : {}),
    ...(heapLimitBytes === undefined ? {} : { heapLimitBytes }),
  };
};

/** Browsers that do not know this permission decide without a question. */
const wouldPrompt = async (): Promise<boolean> => {
  try {
    return (await navigator.permissions.query({ name: 'persistent-storage' })).state === 'prompt';
  } catch {
    return false;
  }
};

/** Only Chromium says; its type is no part of any standard. */
const heapLimitOf = (of: object): number | undefined => {
  const memory: unknown = 'memory' in of ? of.memory : undefined;
  if (typeof memory !== 'object' || memory === null || !('jsHeapSizeLimit' in memory)) return undefined;
  return typeof memory.jsHeapSizeLimit === 'number' ? memory.jsHeapSizeLimit : undefined;
};
