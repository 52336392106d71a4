import { addStarters } from '../data/starters.ts';
import { noSyncFacts, readSyncFacts } from '../data/sync-facts.ts';
import type { Ledger } from '../model/ledger.ts';
import type { ClaimState, Session, Sync, SyncStatus } from '../model/services.ts';
import type { AccountSyncDeps } from './account-sync.ts';
import type { Syncer, WakeReason } from './create-syncer.ts';
import { createCurrentLedger } from './current-ledger.ts';
import type { HttpTransport } from './http-transport.ts';
import { type AccountBook, type Book, type BookDeps, openAccountBook, openLocalBook } from './open-book.ts';

export type LedgerHostDeps = Omit<BookDeps, 'onOutdated'> &
  Omit<AccountSyncDeps, 'transport' | 'onClaim'> & {
    readonly session: Pick<Session, 'state' | 'subscribe'>;
    readonly loadTransport: () => Promise<HttpTransport>;
  };

export type LedgerHost = {
  readonly ledger: Ledger;
  readonly sync: Sync;
  /** As `Services.ledgerName`. */
  ledgerName(): string;
  /** That ledger and the name of its database, once it is there. */
  openLedger(): Promise<OpenLedger>;
  claim(): ClaimState;
  subscribeClaim(onChange: () => void): () => void;
  wake(reason: WakeReason): void;
};

export type OpenLedger = { readonly name: string; readonly database: string };

/**
 * Opens the ledger of whoever is signed in, or the local one, and changes over when that changes. Each account has a
 * database of its own; none is ever emptied because another person signed in.
 */
export const createLedgerHost = (deps: LedgerHostDeps): LedgerHost => new OpenLedgers(deps);

class OpenLedgers implements LedgerHost {
  readonly ledger: Ledger;
  readonly sync: Sync;
  private readonly deps: LedgerHostDeps;
  private readonly ledgerListeners = new Set<() => void>();
  private readonly syncListeners = new Set<() => void>();
  private readonly claimListeners = new Set<() => void>();
  private userId: string | undefined;
  /** Changes of account so far. */
  private changes = 0;
  private opening: Promise<Book>;
  private open: Book | undefined;
  private syncer: Syncer | undefined;
  private isSyncLoading = false;
  /** As it was when the ledger was opened: sync may load later, or not at all. */
  private isWhole: boolean | undefined;
  private claimState: ClaimState = { type: 'none' };
  private hasFailed = false;

  constructor(deps: LedgerHostDeps) {
    this.deps = deps;
    this.userId = this.signedInUser();
    this.opening = this.begin();
    deps.session.subscribe(() => this.changeOver());
    this.ledger = createCurrentLedger(
      async () => (await this.book()).ledger,
      (onChange) => listen(this.ledgerListeners, onChange),
    );
    this.sync = {
      status: () => this.status(),
      subscribe: (onChange) => listen(this.syncListeners, onChange),
      syncNow: () => this.wake('asked'),
    };
  }

  ledgerName(): string {
    return `${this.userId ?? 'local'} ${this.changes}`;
  }

  async openLedger(): Promise<OpenLedger> {
    const { name, database, ledger } = await this.book();
    await ledger.entryCount();
    return { name, database: database.name };
  }

  claim(): ClaimState {
    return this.claimState;
  }

  subscribeClaim(onChange: () => void): () => void {
    return listen(this.claimListeners, onChange);
  }

  wake(reason: WakeReason): void {
    if (this.syncer) this.syncer.wake(reason);
    else if (this.open && isAccount(this.open)) void this.startSync(this.open);
  }

  private signedInUser(): string | undefined {
    const state = this.deps.session.state();
    return state.type === 'signedIn' ? state.userId : undefined;
  }

  private changeOver(): void {
    const userId = this.signedInUser();
    if (userId === this.userId) {
      // The same person proved again who they are: what was blocked may go on.
      if (this.syncer?.status().phase.type === 'blocked') this.wake('asked');
      return;
    }
    this.userId = userId;
    this.changes += 1;
    this.open?.close();
    this.open = undefined;
    this.isWhole = undefined;
    this.syncer?.stop();
    this.syncer = undefined;
    this.setClaim({ type: 'none' });
    this.opening = this.begin();
    tell(this.syncListeners);
  }

  /** A ledger that could not be opened is tried again by the next call, never taken for an empty one. */
  private book(): Promise<Book> {
    if (this.hasFailed) this.opening = this.begin();
    return this.opening;
  }

  private begin(): Promise<Book> {
    this.hasFailed = false;
    const opening = this.openFor(this.userId);
    opening.catch(() => {
      this.hasFailed = this.opening === opening;
    });
    return opening;
  }

  private async openFor(userId: string | undefined): Promise<Book> {
    const deps: BookDeps = {
      ...this.deps,
      onSaved: () => this.onSaved(),
      // The screens read again, fail, and say what to do.
      onOutdated: () => tell(this.ledgerListeners),
    };
    const name = this.ledgerName();
    const book = userId === undefined ? await openLocalBook(deps, name) : openAccountBook(userId, deps, name);
    if (!isAccount(book)) await addStarters(book.ledgerDeps);
    if (name !== this.ledgerName()) {
      book.close(); // changed over meanwhile: calls already wait for the next
      return book;
    }
    this.open = book;
    book.ledger.subscribe(() => this.open === book && tell(this.ledgerListeners));
    tell(this.ledgerListeners);
    if (isAccount(book)) {
      void this.readIsWhole(book);
      void this.startSync(book);
    }
    return book;
  }

  /** A database that cannot be read now says so to the next who reads it. */
  private async readIsWhole(book: AccountBook): Promise<void> {
    const { isWhole } = await readSyncFacts(book.database).catch(() => noSyncFacts);
    if (this.open !== book) return;
    this.isWhole = isWhole;
    tell(this.syncListeners);
  }

  private onSaved(): void {
    this.deps.onSaved();
    this.syncer?.wake('saved');
  }

  /** Should a part of the program not load, the next wake tries again. */
  private async startSync(book: AccountBook): Promise<void> {
    if (this.isSyncLoading) return;
    this.isSyncLoading = true;
    try {
      const [{ startAccountSync }, transport] = await Promise.all([
        import('./account-sync.ts'),
        this.deps.loadTransport(),
      ]);
      if (this.open !== book) return;
      const onClaim = (state: ClaimState) => this.open === book && this.setClaim(state);
      this.syncer = startAccountSync(book, { ...this.deps, transport, onClaim });
      this.syncer.subscribe(() => this.open === book && tell(this.syncListeners));
      tell(this.syncListeners);
    } catch (error) {
      this.deps.reportBug(error);
    } finally {
      this.isSyncLoading = false;
      if (this.open !== book && this.open && isAccount(this.open)) void this.startSync(this.open);
    }
  }

  private setClaim(state: ClaimState): void {
    this.claimState = state;
    tell(this.claimListeners);
  }

  private status(): SyncStatus {
    if (this.userId === undefined) return { ...noSyncFacts, isWhole: true, phase: { type: 'localOnly' } };
    const status = this.syncer?.status() ?? { ...noSyncFacts, phase: { type: 'idle' } };
    return { ...status, isWhole: status.isWhole ?? this.isWhole };
  }
}

const isAccount = (book: Book): book is AccountBook => book.userId !== undefined;

const listen = (listeners: Set<() => void>, onChange: () => void): (() => void) => {
  listeners.add(onChange);
  return () => listeners.delete(onChange);
};
const tell = (listeners: ReadonlySet<() => void>): void => {
  for (const listener of listeners) listener();
};
