/** What is known of the room that the browser gives, and of what it may take away. */
export type StorageFacts = {
  /** `mayBeCleared`: when the device runs short of room. `unknown`: the browser does not say. */
  readonly keep: 'kept' | 'mayBeCleared' | 'unknown';
  readonly usageBytes: number | null;
  readonly quotaBytes: number | null;
  /** Nothing tells for sure; what is written in such a window is gone when it is closed. */
  readonly isLikelyPrivate: boolean;
  /** What the browser answered where it should have said the above. */
  readonly problems: readonly string[];
};

/** A ledger counted, under a name that no other ledger of this browser has. */
export type Census = {
  readonly ledger: string;
  readonly isLocal: boolean;
  readonly entryCount: number;
  /** Changes that no server has; 0 without an account. */
  readonly waiting: number;
  /** Something was deleted from it: an empty one is empty because of a person. */
  readonly hasDeleted: boolean;
};

/** A ledger was here, and is not: the browser cleared it. */
export type Eviction = {
  readonly ledger: string;
  /** What there was when it was last seen. */
  readonly entryCount: number;
  readonly waiting: number;
  /** When it was noticed, milliseconds since 1970. */
  readonly at: number;
};

/** Of the last file that was saved, or of the last time that one was put off (`at` is null). */
export type BackupMark = { readonly entryCount: number; readonly at: number | null };

/** Everything in it may fail as its browser does; then it rejects, and whoever asked says so. */
export type StorageGuard = {
  facts(): Promise<StorageFacts>;
  /** Asks the browser to keep what is here; true if it will. */
  askToKeep(): Promise<boolean>;
  /** Remembers what was seen, beside the database, and tells if there was more before. */
  saw(census: Census): Promise<Eviction | null>;
  forgetEviction(ledger: string): Promise<void>;
  backupOf(ledger: string): Promise<BackupMark | null>;
  markBackup(ledger: string, mark: BackupMark): Promise<void>;
};
