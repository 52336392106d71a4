/** A random UUID; the page must be a secure context, as it must for its service worker. */
export const newId = (): string => crypto.randomUUID();

/** 16 random hex digits. */
export const newReplicaId = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, '0')).join('');

/** A draw from [0, 1), for the jitter of delays. */
export const chance = (): number => Math.random();
