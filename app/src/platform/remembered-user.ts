import type { SessionState } from '../model/services.ts';
import type { KeyValueStore } from './key-value-store.ts';

type User = { readonly userId: string; readonly email: string };

const key = 'fintrack.session';

/**
 * The signed-in person, kept so that a start without a network knows whose ledger to open; told to every tab. Kept twice:
 * `storage` answers at once, but browsers write it to the disk seconds later, and a crash until then would forget who
 * signed in; `durable` tells it again.
 */
export const createRememberedUser = (storage: Storage, durable: KeyValueStore) => {
  const listeners = new Set<() => void>();
  let state = readState(storage, false);
  const change = (next: SessionState): void => {
    if (JSON.stringify(next) === JSON.stringify(state)) return;
    state = next;
    for (const listener of listeners) listener();
  };
  const setNow = (user: User | undefined): void => {
    if (user) storage.setItem(key, JSON.stringify(user));
    else storage.removeItem(key);
    change(readState(storage, false));
  };
  const recall = async (): Promise<void> => {
    const state = parseState(await durable.getItem(key), false);
    if (state.type === 'signedIn') setNow({ userId: state.userId, email: state.email });
  };
  if (state.type === 'signedOut') recall().catch(() => undefined);
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
    /** Rejects, and remembers nobody, if the disk does not take it. */
    remember: async (user: User): Promise<void> => {
      await durable.setItem(key, JSON.stringify(user));
      setNow(user);
    },
    /** To be called once `durable` is cleared, of the tokens too. */
    forget: (): void => setNow(undefined),
    setVerified: (isVerified: boolean): void => {
      if (state.type === 'signedIn') change({ ...state, isVerified });
    },
  };
};

const readState = (storage: Storage, isVerified: boolean): SessionState => parseState(storage.getItem(key), isVerified);

const parseState = (text: string | null, isVerified: boolean): SessionState => {
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
