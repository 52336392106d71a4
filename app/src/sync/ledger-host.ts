import { addStarters } from '../data/starters.ts';
import { noSyncFacts, dropOldKept } from '../data/sync-facts.ts';
import type { Ledger, Progress } from '../model/ledger.ts';
import type { ClaimState, Session, Sync, SyncStatus } from '../model/services.ts';
import type { WakeReason } from './create-syncer.ts';
import { createCurrentLedger } from './current-ledger.ts';
import { moveLocalLedgers } from './move-local-ledgers.ts';
import { type Book, type BookDeps, openAccountBook, openLocalBook } from './open-book.ts';

export type LedgerHostDeps = BookDeps & {
  readonly session: Pick<Session, 'state' | 'subscribe'>;
  /** Told of what should never fail and did, where nobody waits for it. */
  readonly reportBug: (error: unknown) => void;
};

export type LedgerHost = {
  readonly ledger: Ledger;
  readonly sync: Sync;
  claim(): ClaimState;
  subscribeClaim(onChange: () => void): () => void;
  wake(reason: WakeReason): void;
};

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
  private opening: Promise<Book>;
  private open: Book | undefined;
  private claimState: ClaimState = { type: 'none' };
  /** Under way, or over for the account that is open. */
  private moving: Promise<void> | undefined;
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

  claim(): ClaimState {
    return this.claimState;
  }

  subscribeClaim(onChange: () => void): () => void {
    return listen(this.claimListeners, onChange);
  }

  wake(reason: WakeReason): void {
    this.open?.syncer?.wake(reason);
  }

  private signedInUser(): string | undefined {
    const state = this.deps.session.state();
    return state.type === 'signedIn' ? state.userId : undefined;
  }

  private changeOver(): void {
    const userId = this.signedInUser();
    // The same person proved again who they are: what was blocked may go on.
    if (userId === this.userId)
      return this.open?.syncer?.status().phase.type === 'blocked' ? this.wake('asked') : undefined;
    this.userId = userId;
    const before = this.open;
    this.open = undefined;
    before?.syncer?.stop();
    this.setClaim({ type: 'none' });
    this.moving = undefined;
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
    opening.catch(() => void (this.hasFailed = this.opening === opening));
    return opening;
  }

  private async openFor(userId: string | undefined): Promise<Book> {
    const book = userId === undefined ? await openLocalBook(this.deps) : this.openAccount(userId);
    if (userId === undefined) await addStarters(book.ledgerDeps);
    if (userId !== this.userId) return book; // changed over meanwhile: calls already wait for the next
    this.open = book;
    book.ledger.subscribe(() => this.open === book && tell(this.ledgerListeners));
    book.syncer?.subscribe(() => this.open === book && tell(this.syncListeners));
    tell(this.ledgerListeners);
    tell(this.syncListeners);
    if (isAccount(book)) void this.settle(book);
    return book;
  }

  private openAccount(userId: string): Book {
    const book: Book = openAccountBook(userId, this.deps, () => isAccount(book) && void this.afterDrained(book));
    return book;
  }

  /** What an account's ledger needs beside being open; a failure leaves it to the next start. */
  private async settle(book: AccountBook): Promise<void> {
    await this.move(book);
    await addStarters(book.ledgerDeps).catch(this.deps.reportBug);
    if (this.open === book) book.syncer?.wake('asked');
  }

  private async afterDrained(book: AccountBook): Promise<void> {
    await this.move(book);
    await dropOldKept(book.database, this.deps.now()).catch(this.deps.reportBug);
  }

  /** One at a time; once it is over for this account, it stays so. */
  private move(book: AccountBook): Promise<void> {
    this.moving ??= this.moveOnce(book).then(
      (isOver) => void (isOver || this.open !== book || (this.moving = undefined)),
      (error: unknown) => {
        if (this.open === book) this.moving = undefined;
        this.deps.reportBug(error);
      },
    );
    return this.moving;
  }

  private async moveOnce(book: AccountBook): Promise<boolean> {
    const { now, exclusively } = this.deps;
    const onProgress = ({ done, total }: Progress) =>
      this.open === book && this.setClaim({ type: 'moving', done, total });
    try {
      const { hasCopied, isOver } = await exclusively('claim', () => moveLocalLedgers(book, { now, onProgress }));
      if (hasCopied && this.open === book) book.syncer?.wake('saved');
      return isOver;
    } finally {
      this.setClaim({ type: 'none' });
    }
  }

  private setClaim(claim: ClaimState): void {
    this.claimState = claim;
    tell(this.claimListeners);
  }

  private status(): SyncStatus {
    if (this.open?.syncer) return this.open.syncer.status();
    const type = this.userId === undefined ? 'localOnly' : 'idle';
    return { ...noSyncFacts, phase: { type } };
  }
}

type AccountBook = Book & { readonly userId: string };
const isAccount = (book: Book): book is AccountBook => book.userId !== undefined;

const listen = (listeners: Set<() => void>, onChange: () => void): (() => void) => {
  listeners.add(onChange);
  return () => listeners.delete(onChange);
};
const tell = (listeners: ReadonlySet<() => void>): void => {
  for (const listener of listeners) listener();
};
