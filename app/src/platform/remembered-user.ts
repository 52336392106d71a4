import type { SessionState } from '../model/services.ts';

type User = { readonly userId: string; readonly email: string };

const key = 'fintrack.session';

/** The signed-in person, kept so that a start without a network knows whose ledger to open; told to every tab. */
export const createRememberedUser = (storage: Storage) => {
  const listeners = new Set<() => void>();
  let state = readState(storage, false);
  const change = (next: SessionState): void => {
    if (JSON.stringify(next) === JSON.stringify(state)) return;
    state = next;
    for (const listener of listeners) listener();
  };
  // Another tab signed in or out.
  globalThis.addEventListener?.('storage', (event) => {
    if (event.key === key || event.key === null) change(readState(storage, false));
  });
  return {
    state: (): SessionState => state,
    subscribe: (onChange: () => void): (() => void) => {
      listeners.add(onChange);
      return () => listeners.delete(onChange);
    },
    set: (user: User | undefined): void => {
      if (user) storage.setItem(key, JSON.stringify(user));
      else storage.removeItem(key);
      change(readState(storage, false));
    },
    setVerified: (isVerified: boolean): void => {
      if (state.type === 'signedIn') change({ ...state, isVerified });
    },
  };
};

const readState = (storage: Storage, isVerified: boolean): SessionState => {
  const text = storage.getItem(key);
  if (text === null) return { type: 'signedOut' };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { type: 'signedOut' };
  }
  return isUser(value)
    ? { type: 'signedIn', userId: value.userId, email: value.email, isVerified }
    : { type: 'signedOut' };
};

const isUser = (value: unknown): value is User =>
  typeof value === 'object' &&
  value !== null &&
  'userId' in value &&
  typeof value.userId === 'string' &&
  'email' in value &&
  typeof value.email === 'string';
