import type { Sight } from '@fintrack/sync-core/client';
import type { Json, RejectionReason, Result } from '@fintrack/sync-core/protocol';
import type { AskError } from './ask-error.ts';
import type { Entry, EntryKind } from './ledger.ts';

/** What the screens know of what was, and of what waits: all of it can be had back. */

export type Author =
  | { readonly type: 'thisDevice' }
  /** By the replica it wrote as, 16 hex digits. */
  | { readonly type: 'otherDevice'; readonly replica: string }
  | { readonly type: 'server' };

/** Values of a record by group, as the sync protocol has them. */
export type Values = Readonly<Record<string, Json>>;

/** One change as the log holds it, with its place there. */
export type LoggedChange = {
  readonly epoch: number;
  readonly seq: number;
  /** The server's clock, milliseconds since 1970. */
  readonly receivedAt: number;
  /** As sent: any JSON. */
  readonly change: Json;
  readonly identity: string;
  readonly isOwn: boolean;
  /** Set where the server flagged it: it changed nothing. */
  readonly reason?: RejectionReason;
};

export type GroupChange = {
  readonly group: string;
  /** Absent where there was none, or where what is kept on this device does not reach. */
  readonly before?: Json;
  readonly after: Json;
  /** `lost`: it met a value of another device, which stands. `won`: it met one and stands itself. */
  readonly outcome: 'set' | 'won' | 'lost';
};

export type HistoryEvent = {
  /** Names the change for ever. */
  readonly identity: string;
  readonly what:
    | 'added'
    | 'changed'
    | 'deleted'
    | 'restored'
    /** A deletion that did not know of a change: the entry stayed. */
    | 'deleteMissed'
    | 'refused';
  readonly author: Author;
  /** The author's clock, milliseconds since 1970. */
  readonly at: number;
  /** When the server took it; null while it waits. */
  readonly receivedAt: number | null;
  readonly groups: readonly GroupChange[];
  /** A change that met a deletion it did not know of: it kept the entry. */
  readonly metDelete: boolean;
  readonly reason?: RejectionReason;
  /** The entry as its author left it, with what lost since. */
  readonly values: Values;
};

export type EntryHistory = {
  readonly kind: string;
  readonly id: string;
  /** Newest first. */
  readonly events: readonly HistoryEvent[];
  /** False where older changes are on the server only. */
  readonly isWhole: boolean;
  /** What the screens show now. */
  readonly shown: Values;
  readonly isDeleted: boolean;
  /** To be handed back, unread, with whatever is done on it. */
  readonly sight: Sight;
};

export type DeletedEntry = Omit<Entry, 'sight'> & {
  /** The author's clock, milliseconds since 1970. */
  readonly deletedAt: number;
  readonly deletedBy: Author;
};

/** What one change did, without what was before it: enough for a line in a list. */
export type ChangeSummary = {
  readonly identity: string;
  readonly kind: string;
  readonly id: string;
  readonly what: 'added' | 'changed' | 'deleted' | 'restored' | 'made';
  /** Groups that were written. */
  readonly groups: readonly string[];
  /** What is known of the record: of a change that names only some, the rest as it is shown now. */
  readonly values: Values;
  readonly author: Author;
  readonly at: number;
  readonly receivedAt: number | null;
  /** Other changes of the same act or import, which are not listed one by one. */
  readonly othersCount: number;
};

export type WaitingPage = { readonly changes: readonly ChangeSummary[]; readonly next: number | null };

export type Device = {
  readonly author: Author;
  /** When the server last took something of it, milliseconds since 1970. */
  readonly lastAt: number;
  readonly changeCount: number;
};

/** `skipped`: groups that somebody has changed since, which stay as they are. */
export type Undone = { readonly undone: number; readonly skipped: number };

/** Asks the server for all logged changes of one record, oldest first; `key` is `kind/id`. */
export type OlderHistory = (key: string) => Promise<Result<readonly LoggedChange[], AskError>>;

export const isEntryKind = (kind: string): kind is EntryKind => kind === 'expense' || kind === 'income';
