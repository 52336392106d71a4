import type { Feedback } from '@fintrack/advisor-core';
import type { Sight } from '@fintrack/sync-core/client';
import type { CalendarDate, CalendarMonth, Json, RejectionReason, Result } from '@fintrack/sync-core/protocol';
import type {
  ChangeSummary,
  DeletedEntry,
  Device,
  EntryHistory,
  HistoryEvent,
  LoggedChange,
  Undone,
  Values,
  WaitingPage,
} from './history.ts';
import type { Census } from './storage.ts';

/** What the screens know of the ledger. The data layer implements it; features import types from here alone. */

export type EntryKind = 'expense' | 'income';

export type Entry = {
  readonly kind: EntryKind;
  readonly id: string;
  readonly date: CalendarDate;
  /** Minor units of `currency`; an expense is positive, a refund negative. */
  readonly amountMinor: number;
  readonly currency: string;
  /** Description of an expense, source of an income. */
  readonly title: string;
  readonly note: string;
  /** Null for income and for an expense without a category. */
  readonly categoryId: string | null;
  readonly importId: string | null;
  /** Saved here, not yet confirmed by the server. */
  readonly isPending: boolean;
  /** What the ledger had when it answered `entry`; to be handed back, unread, in a draft's `before`. */
  readonly sight?: Sight;
};

export type Category = {
  readonly id: string;
  readonly name: string;
  /** 0 to 9: one of the ten category hues. */
  readonly hue: number;
  readonly icon: string;
  readonly order: number;
};

export type Budget = {
  readonly id: string;
  readonly categoryId: string;
  readonly month: CalendarMonth;
  readonly amountMinor: number;
  readonly currency: string;
  readonly isPending: boolean;
  /** What the ledger had when it answered `editableBudgets`; handed back, unread, in `before` and to `removeBudget`. */
  readonly sight?: Sight;
};

export type Profile = {
  readonly name: string;
  /** Home currency: what new entries and budgets are in. */
  readonly currency: string;
  /** BCP 47 tag for numbers and dates. */
  readonly locale: string;
  readonly monthStart: number;
};

/** Kept totals of one month, one currency, one kind, one category (null: none): never recomputed from the ledger. */
export type MonthTotal = {
  readonly month: CalendarMonth;
  readonly currency: string;
  readonly kind: EntryKind;
  readonly categoryId: string | null;
  readonly sumMinor: number;
  readonly count: number;
};

export type EntryDraft = {
  readonly kind: EntryKind;
  /** Present when an existing entry is edited. */
  readonly id?: string;
  readonly date: CalendarDate;
  readonly amountMinor: number;
  readonly currency: string;
  readonly title: string;
  readonly note: string;
  readonly categoryId: string | null;
  /**
   * The entry as `entry` answered when the form opened. Only what differs from it is saved, so that a value which came
   * from another device meanwhile is not written over; one of the same field is a conflict, and both are kept. Without
   * it, what differs from the ledger's entry.
   */
  readonly before?: Entry;
};

export type SaveError =
  /** The browser would not store it: the form keeps its text. */
  | { readonly type: 'quota' }
  | { readonly type: 'storage'; readonly why: string }
  | { readonly type: 'invalid'; readonly reason: RejectionReason }
  /** The local ledger is being moved into an account; try again there. */
  | { readonly type: 'moving' }
  /** This import is running or being taken back, here or in another tab. */
  | { readonly type: 'busy' }
  /** The part of the app that saves could not be loaded; nothing was written. */
  | { readonly type: 'notLoaded' }
  | { readonly type: 'sealed' };

export type SavedEntry = { readonly kind: EntryKind; readonly id: string };

/** Entries of one list, newest date first, and whether older ones follow. */
export type EntryPage = { readonly entries: readonly Entry[]; readonly hasMore: boolean };

export type EntryQuery = {
  readonly month?: CalendarMonth;
  readonly categoryId?: string | null;
  /** Words of title or note, case folded. */
  readonly text?: string;
  readonly limit: number;
};

export type ImportRow = Omit<EntryDraft, 'id' | 'before'> & {
  /** 1-based line in the file, so that a resumed import makes the same ids. */
  readonly line: number;
  /** A category by name where the ledger may not have it yet; wins over `categoryId`. */
  readonly categoryName?: string;
};

export type ImportRequest = {
  readonly importId: string;
  readonly fileName: string;
  readonly fileSizeBytes: number;
  readonly rows: readonly ImportRow[];
};

export type ImportSummary = {
  readonly id: string;
  readonly fileName: string;
  readonly rows: number;
  /** When it was begun, milliseconds since 1970. */
  readonly at: number;
  /** Entries of it that are still in the ledger. */
  readonly entryCount: number;
};

export type Progress = { readonly done: number; readonly total: number };

/** A value that another's later one won over. */
export type LostValue = {
  readonly group: string;
  readonly value: Json;
  /** Identity of the change it came with, and of the one that won. */
  readonly by: string;
  readonly to: string;
};

/**
 * A change that somebody should see and deal with, on whichever device: the server flagged it, another device's value
 * won, or an edit met a deletion.
 */
export type Notice = {
  readonly id: string;
  /** Journal records it is made of; dealing with it dismisses them all. */
  readonly ids: readonly string[];
  /** `kind/id` of the record; null where a flagged change names none. */
  readonly key: string | null;
  /** When the server took what brought it about, milliseconds since 1970. */
  readonly at: number;
} & (
  | { readonly type: 'conflict'; readonly key: string; readonly lost: readonly LostValue[] }
  | { readonly type: 'editMetDelete'; readonly key: string; readonly edit: string; readonly deletion: string }
  /** `values`: what of the flagged change can be read. */
  | { readonly type: 'rejected'; readonly by: string; readonly reason: RejectionReason; readonly values: Values }
);

/** How a person dealt with a notice; `values` are those that had lost. */
export type Resolution =
  | { readonly type: 'keep' }
  | { readonly type: 'take'; readonly values: Values; readonly sight: Sight }
  /** A second entry of the shown values with those that lost in their place. */
  | { readonly type: 'keepBoth'; readonly values: Values }
  | { readonly type: 'delete'; readonly sight: Sight };

/** What somebody said of an insight of the advisor, or of an entry that it counted (`entry:` with its id). */
export type Dismissal = Feedback;

/** What a month was expected to cost, of one category or (null) in all, on the day it was `made`. */
export type MadeForecast = {
  readonly month: CalendarMonth;
  readonly currency: string;
  readonly categoryId: string | null;
  readonly made: CalendarDate;
  readonly amountMinor: number;
  readonly lowMinor: number;
  readonly highMinor: number;
};

/**
 * Why forecasts were not kept. `otherLedger`: they are of the advice about another; `notWhole`: not all of the ledger is
 * on this device yet.
 */
export type FreezeError = SaveError | { readonly type: 'otherLedger' | 'notWhole' };

/** Name of the error by which reads fail while a part of the app cannot be loaded. */
export const partMissing = 'PartMissingError';

/** Name of the error by which reads fail once a newer version of the app has the ledger. */
export const ledgerClosed = 'LedgerClosedError';

export type Ledger = {
  profile(): Promise<Profile>;
  categories(): Promise<readonly Category[]>;
  /** For reading: without `sight`. */
  budgets(month: CalendarMonth): Promise<readonly Budget[]>;
  /** For a form: each with the sight that an edit of it hands back. */
  editableBudgets(month: CalendarMonth): Promise<readonly Budget[]>;
  /** Kept totals from `from` to `to`, both months included. */
  totals(from: CalendarMonth, to: CalendarMonth): Promise<readonly MonthTotal[]>;
  entries(query: EntryQuery): Promise<EntryPage>;
  entry(kind: EntryKind, id: string): Promise<Entry | undefined>;
  /** Every live entry of the month's kinds, for the advisor on this device. */
  monthEntries(month: CalendarMonth): Promise<readonly Entry[]>;
  /** Entries in the ledger, all kinds. */
  entryCount(): Promise<number>;
  imports(): Promise<readonly ImportSummary[]>;
  notices(): Promise<readonly Notice[]>;
  /** Titles and categories used lately, newest first, for suggestions. */
  recent(kind: EntryKind, limit: number): Promise<readonly Entry[]>;

  saveEntry(draft: EntryDraft): Promise<Result<SavedEntry, SaveError>>;
  /** Deletes; `restoreEntry` undoes it, also after a reload. */
  deleteEntry(kind: EntryKind, id: string): Promise<Result<null, SaveError>>;
  restoreEntry(kind: EntryKind, id: string): Promise<Result<null, SaveError>>;
  setBudget(budget: {
    categoryId: string;
    month: CalendarMonth;
    amountMinor: number;
    currency: string;
    /** The budget as it was on the screen when typing began; none where there was none. Another's since is kept too. */
    before?: Budget;
  }): Promise<Result<null, SaveError>>;
  removeBudget(budget: Pick<Budget, 'id' | 'sight'>): Promise<Result<null, SaveError>>;
  addCategory(name: string): Promise<Result<Category, SaveError>>;
  updateProfile(profile: Partial<Profile>): Promise<Result<null, SaveError>>;
  /** An act like any other: it takes the notice away on every device. */
  resolveNotice(notice: Pick<Notice, 'key' | 'ids'>, how: Resolution): Promise<Result<null, SaveError>>;
  dismissals(): Promise<readonly Dismissal[]>;
  /** Counts on every device; a null reason takes back what was said. */
  setDismissal(dismissal: {
    readonly insight: string;
    readonly reason: string | null;
  }): Promise<Result<null, SaveError>>;
  /**
   * Keeps each as it was made, to be scored when its month is over; where there is one, that one stays. `ledger` is what
   * the advice they are of names: they are kept in no other.
   */
  freezeForecasts(ledger: string, forecasts: readonly MadeForecast[]): Promise<Result<null, FreezeError>>;

  /** Newest deletion first. */
  deletedEntries(limit: number): Promise<{ readonly entries: readonly DeletedEntry[]; readonly hasMore: boolean }>;
  /** Changes of entries, newest first, of this device and of others. */
  recentChanges(limit: number): Promise<readonly ChangeSummary[]>;
  /** Every change of one record; `older` is what the server had before what this device keeps. */
  history(kind: string, id: string, older?: readonly LoggedChange[]): Promise<EntryHistory>;
  /** A new act with the values of then; a deleted entry comes back with them. */
  restoreVersion(history: EntryHistory, event: HistoryEvent): Promise<Result<null, SaveError>>;
  /**
   * Takes one change back by a new act, leaving alone what was changed since; `identity` names it, or it is the last that
   * this device made on the entry.
   */
  undoChange(kind: string, id: string, identity?: string): Promise<Result<Undone, SaveError>>;
  /** Changes that the server has not confirmed, oldest first, from number `from` on. */
  waiting(from: number, limit: number): Promise<WaitingPage>;
  devices(): Promise<readonly Device[]>;
  /** What waits, as the text of a JSON file. */
  exportWaiting(): Promise<string>;
  census(): Promise<Census>;
  /** Every entry, as the text of a CSV file that the import reads. */
  exportEntries(): Promise<string>;

  /**
   * Chunks of at most 1,000 rows; may be called again with the same id after a crash: nothing is doubled. After
   * `undoImport` it brings all entries of the import back, those that were deleted one by one as well. One import is
   * made or taken back once at a time; `busy` otherwise.
   */
  importRows(request: ImportRequest, onProgress: (progress: Progress) => void): Promise<Result<null, SaveError>>;
  undoImport(importId: string, onProgress: (progress: Progress) => void): Promise<Result<null, SaveError>>;

  /** Half-typed forms, kept on this device as typed; survive reload, update and crash. */
  loadDraft(name: string): Promise<unknown>;
  saveDraft(name: string, value: unknown): Promise<void>;
  clearDraft(name: string): Promise<void>;

  /** Calls back after every change of what the reads above return, from any tab; returns how to stop. */
  subscribe(onChange: () => void): () => void;
};
