import { join } from 'node:path';
import { StartError } from '../start-error.ts';
import { type Attempts, isForgotten } from './attempts.ts';
import { createAtomicFile } from './atomic-file.ts';
import { POOL_FORMAT_VERSION, type PoolFile, poolFile, type Session, type User } from './pool-state.ts';
import { bytesToName, type RandomBytes } from './random.ts';
import { parseStored } from './stored-json.ts';

export interface PoolState {
  readonly userPoolId: string;
  readonly clientId: string;
  /** Keys the digests of codes and the answers given about people who do not exist. */
  readonly secretHex: string;
  readonly users: ReadonlyMap<string, User>;
  readonly sessions: ReadonlyMap<string, Session>;
  readonly attempts: ReadonlyMap<string, Attempts>;
}

export interface UserStore {
  readonly state: PoolState;
  /** Synchronous and whole: the new state is on disk when it returns, or it throws and nothing has changed. */
  commit(change: (state: PoolState) => PoolState): void;
}

export interface UserStoreOptions {
  readonly stateDir: string;
  /** Left out: the stored one, or at first start a new one. */
  readonly userPoolId?: string | undefined;
  readonly clientId?: string | undefined;
  readonly random: RandomBytes;
}

/**
 * Throws where the stored pool belongs to another pool id, whose verifiers would all be worthless, and a StartError where
 * it is damaged or of another format.
 */
export const openUserStore = (options: UserStoreOptions): UserStore => {
  const path = join(options.stateDir, 'pool.json');
  const file = createAtomicFile(path);
  const stored = file.read();
  const opened = stored === undefined ? newPool(options) : fileToState(path, stored);
  const userPoolId = options.userPoolId ?? opened.userPoolId;
  if (userPoolId !== opened.userPoolId) {
    throw new Error(
      `${options.stateDir} holds the user pool ${opened.userPoolId}, not ${userPoolId}: passwords are tied to the pool id`,
    );
  }
  let state: PoolState = { ...opened, clientId: options.clientId ?? opened.clientId };
  const commit = (change: (state: PoolState) => PoolState): void => {
    const next = change(state);
    file.write(stateToFile(next));
    state = next;
  };
  commit((same) => same);
  return {
    get state() {
      return state;
    },
    commit,
  };
};

export const findUserByEmail = (state: PoolState, email: string): User | undefined =>
  [...state.users.values()].find((user) => user.email === email);

export const withUser = (state: PoolState, user: User): PoolState => ({
  ...state,
  users: new Map(state.users).set(user.sub, user),
});

export const withoutUser = (state: PoolState, sub: string): PoolState => ({
  ...state,
  users: new Map([...state.users].filter(([key]) => key !== sub)),
  sessions: new Map([...state.sessions].filter(([, session]) => session.sub !== sub)),
});

/** Adds or replaces; on the way drops what has expired, and of one person's sessions the oldest beyond the limit. */
export const withSession = (state: PoolState, session: Session, nowMs: number): PoolState => {
  const others = [...state.sessions.values()].filter(
    ({ originJti, expiresAtMs }) => originJti !== session.originJti && expiresAtMs > nowMs,
  );
  const surplus = others.filter(({ sub }) => sub === session.sub).slice(0, -(SESSIONS_PER_USER_MAX - 1));
  const kept = others.filter((other) => !surplus.includes(other));
  return { ...state, sessions: new Map([...kept, session].map((each) => [each.originJti, each])) };
};

export const withSessionsRevoked = (state: PoolState, isMeant: (session: Session) => boolean): PoolState => ({
  ...state,
  sessions: new Map(
    [...state.sessions].map(([key, session]) => [key, isMeant(session) ? { ...session, revoked: true } : session]),
  ),
});

export const withAttempts = (state: PoolState, key: string, attempts: Attempts, nowMs: number): PoolState => {
  const others = [...state.attempts].filter(([other, each]) => other !== key && !isForgotten(each, nowMs));
  return { ...state, attempts: new Map([...others.slice(-(ATTEMPTS_MAX - 1)), [key, attempts]]) };
};

export const withoutAttempts = (state: PoolState, key: string): PoolState => ({
  ...state,
  attempts: new Map([...state.attempts].filter(([other]) => other !== key)),
});

/** Far more devices than one person signs in from in 30 days; tests that sign in all day stay small. */
const SESSIONS_PER_USER_MAX = 200;
/** Bounds what a flood of invented names can make the file hold; the oldest are forgotten first. */
const ATTEMPTS_MAX = 10_000;

const newPool = ({ userPoolId, clientId, random }: UserStoreOptions): PoolState => ({
  userPoolId: userPoolId ?? `eu-west-1_${bytesToName(random(9), POOL_ID_ALPHABET)}`,
  clientId: clientId ?? bytesToName(random(26), CLIENT_ID_ALPHABET),
  secretHex: random(32).toString('hex'),
  users: new Map(),
  sessions: new Map(),
  attempts: new Map(),
});

const CLIENT_ID_ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789';
const POOL_ID_ALPHABET = `${CLIENT_ID_ALPHABET}ABCDEFGHIJKLMNOPQRSTUVWXYZ`;

const fileToState = (path: string, stored: string): PoolState => {
  const { formatVersion, ...pool } = parseStored(poolFile, path, stored, REMEDY);
  if (formatVersion !== POOL_FORMAT_VERSION) {
    throw new StartError(
      `${path} has format ${formatVersion}, and this version reads only ${POOL_FORMAT_VERSION}: start the version that wrote it.`,
    );
  }
  const { userPoolId, clientId, secretHex, users, sessions, attempts } = pool;
  return {
    userPoolId,
    clientId,
    secretHex,
    users: new Map(users.map((user) => [user.sub, user])),
    sessions: new Map(sessions.map((session) => [session.originJti, session])),
    attempts: new Map(attempts.map(({ key, ...counts }) => [key, counts])),
  };
};

const REMEDY = 'put back a copy of it, or start with --reset, which deletes every account and entry';

const stateToFile = ({ users, sessions, attempts, ...rest }: PoolState): string => {
  const file: PoolFile = {
    formatVersion: POOL_FORMAT_VERSION,
    ...rest,
    users: [...users.values()],
    sessions: [...sessions.values()],
    attempts: [...attempts].map(([key, counts]) => ({ key, ...counts })),
  };
  return `${JSON.stringify(file, undefined, 1)}\n`;
};
