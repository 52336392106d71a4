import { describe, expect, it } from 'vitest';
import type { SignInStep } from '../model/services.ts';
import type { CognitoAccount } from './cognito-account.ts';
import { createSession } from './session.ts';
import { toSessionError } from './session-error.ts';

const createStorage = (): Storage => {
  const items = new Map<string, string>();
  return {
    get length() {
      return items.size;
    },
    key: (index) => [...items.keys()][index] ?? null,
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
    clear: () => items.clear(),
  };
};

const named = (name: string, message = ''): Error => Object.assign(new Error(message), { name });

/** An account of the user `ada`, whose calls the test may make fail. */
const createWorld = (storage = createStorage(), kept = new Map<string, string>()) => {
  const world = {
    token: 'first' as string | undefined,
    userId: 'ada',
    fails: undefined as Error | undefined,
    cleared: 0,
    isStoreBroken: false,
  };
  const answer = async <T>(value: T): Promise<T> => {
    if (world.fails) throw world.fails;
    return value;
  };
  const done = (): Promise<void> => answer(undefined);
  const step = (type: SignInStep['type']): Promise<SignInStep> => answer({ type });
  const account: CognitoAccount = {
    toError: toSessionError,
    signUp: done,
    confirmSignUp: done,
    resendCode: done,
    forgotPassword: done,
    resetPassword: done,
    signOut: done,
    signIn: (_, password) => step(password === 'totp' ? 'secondFactor' : 'done'),
    answerSecondFactor: () => step('done'),
    signedIn: (isForced) => {
      if (isForced) world.token = 'second';
      return answer(world.token === undefined ? undefined : { userId: world.userId, accessToken: world.token });
    },
  };
  const isKnown = { is: true as boolean | 'broken' };
  const session = createSession({
    storage,
    loadAccount: async () => {
      if (isKnown.is === 'broken') throw new TypeError('Failed to fetch dynamically imported module');
      return isKnown.is ? account : undefined;
    },
    tokens: {
      getItem: async (key) => kept.get(key) ?? null,
      setItem: async (key, value) => void kept.set(key, value),
      removeItem: async (key) => void kept.delete(key),
      clear: async () => {
        if (world.isStoreBroken) throw new Error('no room');
        kept.clear();
        world.cleared += 1;
      },
    },
    exclusively: (work) => work(),
  });
  return { session, world, isKnown, storage, kept };
};

describe('a session', () => {
  it('remembers who signed in, so that the next start needs no network', async () => {
    const { session, storage } = createWorld();
    expect(await session.signIn('ada@example.com', 'secret')).toEqual({ ok: true, value: { type: 'done' } });
    const known = { type: 'signedIn', email: 'ada@example.com', userId: 'ada' };
    expect(session.state()).toEqual({ ...known, isVerified: true });
    const next = createWorld(storage);
    next.isKnown.is = false;
    expect(next.session.state()).toEqual({ ...known, isVerified: false });
    expect(await next.session.accessToken({ isRefused: false })).toEqual({ type: 'unreachable' });
    expect(next.session.state()).toEqual({ ...known, isVerified: false });
  });

  it('whose part of the program cannot be loaded is unreachable', async () => {
    const { session, isKnown } = createWorld();
    isKnown.is = 'broken';
    expect(await session.signIn('ada@example.com', 'secret')).toMatchObject({ error: { type: 'unreachable' } });
  });

  it('is signed in only after the second factor', async () => {
    const { session } = createWorld();
    expect(await session.signIn('ada@example.com', 'totp')).toMatchObject({ value: { type: 'secondFactor' } });
    expect(session.state()).toEqual({ type: 'signedOut' });
    await session.answerSecondFactor('123456');
    expect(session.state()).toMatchObject({ email: 'ada@example.com', userId: 'ada' });
  });

  it('takes a code for an account that is confirmed already, as when the first answer was lost', async () => {
    const { session, world } = createWorld();
    world.fails = named('NotAuthorizedException', 'User cannot be confirmed. Current status is CONFIRMED');
    expect(await session.confirmSignUp('ada@example.com', '123456')).toEqual({ ok: true, value: null });
    world.fails = named('InvalidParameterException', 'User is already confirmed.');
    expect(await session.resendCode('ada@example.com')).toMatchObject({ error: { type: 'alreadyConfirmed' } });
    world.fails = named('NotAuthorizedException', 'Incorrect username or password.');
    expect(await session.signIn('ada@example.com', 'x')).toMatchObject({ error: { type: 'wrongPassword' } });
  });

  it('gives another token after a refusal', async () => {
    const { session } = createWorld();
    await session.signIn('ada@example.com', 'secret');
    expect(await session.accessToken({ isRefused: false })).toEqual({ type: 'token', token: 'first' });
    expect(await session.accessToken({ isRefused: true })).toEqual({ type: 'token', token: 'second' });
  });

  it('asks the person when the token is gone or revoked, and stays on the same ledger', async () => {
    const { session, world } = createWorld();
    await session.signIn('ada@example.com', 'secret');
    world.token = undefined;
    expect(await session.accessToken({ isRefused: false })).toEqual({ type: 'signInNeeded' });
    world.fails = named('NotAuthorizedException', 'Refresh Token has been revoked');
    expect(await session.accessToken({ isRefused: false })).toEqual({ type: 'signInNeeded' });
    expect(session.state()).toMatchObject({ type: 'signedIn', userId: 'ada', isVerified: false });
  });

  it("never gives another account's token", async () => {
    const { session, world } = createWorld();
    await session.signIn('ada@example.com', 'secret');
    world.userId = 'grace';
    expect(await session.accessToken({ isRefused: false })).toEqual({ type: 'signInNeeded' });
  });

  it('[51] that a crash forgot before the browser wrote it to the disk is recalled at the next start', async () => {
    const { session, kept } = createWorld();
    await session.signIn('ada@example.com', 'secret');
    const next = createWorld(createStorage(), kept).session;
    await new Promise<void>((told) => next.subscribe(told));
    expect(next.state()).toMatchObject({ type: 'signedIn', email: 'ada@example.com', userId: 'ada' });
    await next.signOut();
    expect(kept.size).toBe(0);
  });

  it('signs out without a network too, and forgets the tokens', async () => {
    const { session, world } = createWorld();
    await session.signIn('ada@example.com', 'secret');
    world.fails = named('NetworkError');
    expect(await session.signOut()).toEqual({ ok: true, value: null });
    expect(session.state()).toEqual({ type: 'signedOut' });
    expect(world.cleared).toBe(1);
  });

  it('that cannot forget the tokens is not signed out, and says why', async () => {
    const { session, world } = createWorld();
    await session.signIn('ada@example.com', 'secret');
    world.isStoreBroken = true;
    expect(await session.signOut()).toEqual({ ok: false, error: { type: 'other', message: 'no room' } });
    expect(session.state()).toMatchObject({ type: 'signedIn', userId: 'ada' });
  });

  it('tells its listeners of every change', async () => {
    const { session } = createWorld();
    const seen: string[] = [];
    session.subscribe(() => seen.push(session.state().type));
    await session.signIn('ada@example.com', 'secret');
    await session.signOut();
    expect(seen).toEqual(['signedIn', 'signedIn', 'signedOut']);
  });
});

describe('an error of the account', () => {
  it('is told in the words that the screens know', () => {
    const types = (error: Error) => toSessionError(error).type;
    expect(types(named('NotAuthorizedException', 'Incorrect username or password.'))).toBe('wrongPassword');
    expect(types(named('NotAuthorizedException', 'Password attempts exceeded'))).toBe('tooManyTries');
    expect(types(named('UsernameExistsException'))).toBe('userExists');
    expect(types(named('InvalidParameterException', 'Invalid email address format.'))).toBe('badEmail');
    expect(types(named('InvalidParameterException', "1 validation error: Value at 'password' failed"))).toBe(
      'weakPassword',
    );
    expect(types(named('NetworkError'))).toBe('unreachable');
    expect(types(named('SomethingNew'))).toBe('other');
  });
});
