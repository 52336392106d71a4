import type { Advice } from '@fintrack/advisor-core';
import type { CalendarDate, Result } from '@fintrack/sync-core/protocol';
import type { LocalAdvisor } from './advisor.ts';
import type { AskError } from './ask-error.ts';
import type { OlderHistory } from './history.ts';
import type { Ledger } from './ledger.ts';
import type { StorageGuard } from './storage.ts';

/** The state of this device's backup, in facts; the words are in `ui`. */
export type SyncStatus = {
  /** Changes saved here that the server has not confirmed. */
  readonly waiting: number;
  readonly phase:
    | { readonly type: 'localOnly' }
    | { readonly type: 'idle' }
    | { readonly type: 'syncing'; readonly done: number; readonly total: number }
    /** Much is to be fetched, as on a new device; numbers of no unit. */
    | { readonly type: 'loading'; readonly done: number; readonly total: number }
    | { readonly type: 'offline' }
    | { readonly type: 'waitingToRetry'; readonly why: SyncFailure; readonly retryAt: number }
    | { readonly type: 'blocked'; readonly why: SyncFailure };
  /** When the server last confirmed everything, milliseconds since 1970. */
  readonly backedUpAt: number | null;
  /** Log position and digest this device has folded, for the receipt. */
  readonly cursor: number;
  readonly digest: string;
  /** How often sync stood still on this device and was started again by itself. */
  readonly restarts: number;
  /**
   * All of the ledger is on this device, as it was at some time; what is new may be missing. Undefined until it is known.
   * Without an account it always is.
   */
  readonly isWhole: boolean | undefined;
};

export type SyncFailure =
  | { readonly type: 'unreachable' }
  /** Something answered that is not the server: a captive portal. */
  | { readonly type: 'notTheServer' }
  | { readonly type: 'signInNeeded' }
  | { readonly type: 'upgradeNeeded' }
  | { readonly type: 'accountDeleted' }
  | { readonly type: 'wrongAccount' }
  | { readonly type: 'serverBusy' }
  /** This device would not write what came, or read what is to be sent; no server refused anything. */
  | { readonly type: 'thisDevice'; readonly why: string }
  | { readonly type: 'refused'; readonly why: string };

export type Sync = {
  status(): SyncStatus;
  subscribe(onChange: () => void): () => void;
  /** Tries at once, whatever the back-off says. */
  syncNow(): void;
};

export type SessionState =
  | { readonly type: 'signedOut' }
  /** `isVerified` is false while the account could not be checked (offline): the ledger opens all the same. */
  | { readonly type: 'signedIn'; readonly email: string; readonly userId: string; readonly isVerified: boolean };

export type SessionErrorType =
  | 'wrongPassword'
  | 'userExists'
  | 'notConfirmed'
  | 'alreadyConfirmed'
  | 'codeWrong'
  | 'codeExpired'
  | 'tooManyTries'
  | 'weakPassword'
  | 'badEmail'
  | 'unreachable'
  | 'other';
export type SessionError = { readonly type: SessionErrorType; readonly message: string };

export type SignInStep =
  | { readonly type: 'done' }
  | { readonly type: 'confirmSignUp' }
  | { readonly type: 'secondFactor' };

/** The account. Everything that talks to Cognito loads lazily, on the first call. */
export type Session = {
  state(): SessionState;
  subscribe(onChange: () => void): () => void;
  signUp(email: string, password: string, name: string): Promise<Result<null, SessionError>>;
  confirmSignUp(email: string, code: string): Promise<Result<null, SessionError>>;
  resendCode(email: string): Promise<Result<null, SessionError>>;
  signIn(email: string, password: string): Promise<Result<SignInStep, SessionError>>;
  answerSecondFactor(code: string): Promise<Result<SignInStep, SessionError>>;
  forgotPassword(email: string): Promise<Result<null, SessionError>>;
  resetPassword(email: string, code: string, password: string): Promise<Result<null, SessionError>>;
  /** Leaves the account's ledger on this device; the unsigned local ledger opens. */
  signOut(): Promise<Result<null, SessionError>>;
};

/** What the server worked out: for a check against this device's own advice, and where there is no ledger here yet. */
export type ServerAdvice = {
  advice(asOf: CalendarDate): Promise<Result<Advice, AskError>>;
};

/** What the server's own fold of the log comes to. */
export type ServerReceipt = {
  readonly epoch: number;
  /** Log position that it speaks of, and the digest there. */
  readonly head: number;
  readonly digest: string;
  /** Entries that are not deleted. */
  readonly entryCount: number;
};

/** The account's ledger on the server, asked when a person wants to know. */
export type ServerLedger = {
  receipt(): Promise<Result<ServerReceipt, AskError>>;
  olderHistory: OlderHistory;
  /** Deletes the account and all of it on the server, for good. `signInAgain`: the sign-in is too old for that. */
  deleteAccount(): Promise<Result<null, AskError | { readonly type: 'signInAgain' }>>;
};

export type AppUpdate = {
  isReady(): boolean;
  subscribe(onChange: () => void): () => void;
  /** Reloads into the new version; drafts are saved as typed all along. */
  apply(): void;
};

/** Moving the local ledger into the account at first sign-in. */
export type ClaimState =
  | { readonly type: 'none' }
  | { readonly type: 'moving'; readonly done: number; readonly total: number }
  /** Over, but so many records were not taken: they stay in the local ledger on this device. */
  | { readonly type: 'partLeft'; readonly count: number };

/** A text file that the person is given to keep. */
export type SavedFile = {
  readonly name: string;
  readonly type: 'application/json' | 'text/csv';
  readonly text: string;
};

export type Services = {
  readonly ledger: Ledger;
  /**
   * Names the ledger that is open or being opened: whose it is, and a number, so that after a change of account no name
   * of before comes back while this page stands. Changes with the session.
   */
  readonly ledgerName: () => string;
  readonly sync: Sync;
  readonly session: Session;
  readonly advisor: LocalAdvisor;
  readonly serverAdvice: ServerAdvice;
  readonly update: AppUpdate;
  readonly serverLedger: ServerLedger;
  readonly storage: StorageGuard;
  claim(): ClaimState;
  subscribeClaim(onChange: () => void): () => void;
  /** The calendar date here and now, and the instant. */
  today(): CalendarDate;
  now(): number;
  newId(): string;
  /** Hands a file to the browser, which asks where to keep it or puts it with the downloads. */
  readonly saveFile: (file: SavedFile) => void;
  /** Whether the browser says there is a network. */
  isOnline(): boolean;
};
