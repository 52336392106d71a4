import { flag, integer, list, maybe, object, oneOf, type ShapeOf, text } from './shape.ts';

const storedCode = object({ digestHex: text(64), expiresAtMs: integer });

const user = object({
  /** The person's id, and the pool's user name, since people sign in by email. */
  sub: text(36),
  /** Lower case: the pool tells no case apart, like every pool made today. */
  email: text(254),
  status: oneOf('UNCONFIRMED', 'CONFIRMED'),
  name: maybe(text(2048, 0)),
  locale: maybe(text(2048, 0)),
  zoneinfo: maybe(text(2048, 0)),
  createdAtMs: integer,
  verifier: object({ saltHex: text(64), verifierHex: text(800) }),
  signUpCode: maybe(storedCode),
  resetCode: maybe(storedCode),
  /** The second factor in use or ready for use. `stepUsed` is the last time step whose code was taken. */
  totp: maybe(object({ secretHex: text(128), stepUsed: integer, required: flag })),
  /** Shown by AssociateSoftwareToken and not yet proven by a code. */
  totpOfferedHex: maybe(text(128)),
  /** True from the moment of confirmation until the post-confirmation trigger has succeeded. */
  postConfirmationOwed: flag,
});

const session = object({
  /** In every token of one sign-in as `origin_jti`. */
  originJti: text(36),
  sub: text(36),
  clientId: text(128),
  /** SHA-256; the token itself is known to its holder only. */
  refreshTokenHashHex: text(64),
  authTimeS: integer,
  expiresAtMs: integer,
  revoked: flag,
});

const attempts = object({
  key: text(80),
  count: integer,
  firstAtMs: integer,
  countedAtMs: integer,
  seenAtMs: integer,
});

/** The pool as it stands on disk. */
export const poolFile = object({
  formatVersion: integer,
  userPoolId: text(55),
  clientId: text(128),
  secretHex: text(64),
  users: list(user, Number.POSITIVE_INFINITY),
  sessions: list(session, Number.POSITIVE_INFINITY),
  attempts: list(attempts, Number.POSITIVE_INFINITY),
});

export type PoolFile = ShapeOf<typeof poolFile>;
export type User = ShapeOf<typeof user>;
export type Session = ShapeOf<typeof session>;

export const POOL_FORMAT_VERSION = 1;
