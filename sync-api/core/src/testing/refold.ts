import type { JournalRecord } from '../client/index.ts';
import { epochsAfter, foldEntry, type OpenedEntry, openEntry } from '../fold.ts';
import { isChange } from '../protocol/change.ts';
import { xorHex } from '../protocol/hash.ts';
import type { Identity, RecordKey } from '../protocol/ids.ts';
import type { EpochMark, LogEntry, StoredEntry } from '../protocol/log-entry.ts';
import { emptyDigest, type Row } from '../row.ts';
import { withListed } from '../server/listed.ts';

/** When and where a change first came into the log. */
export type Landing = {
  readonly seq: number;
  readonly receivedAt: number;
  /** As first stamped, not under a later identity. */
  readonly isOriginal: boolean;
  /** The original came first, late, and a copy stamped again after it: no row remembers that it was folded (F1). */
  readonly isCopied: boolean;
};

/** The log folded apart from everybody. */
export type Refold = {
  readonly rows: ReadonlyMap<RecordKey, Row>;
  readonly journal: readonly JournalRecord[];
  readonly landed: ReadonlyMap<Identity, Landing>;
  readonly changeCount: number;
};

const openings = new WeakMap<LogEntry, OpenedEntry>();

/** Entries never change, so that each is opened once. */
export const opened = (entry: LogEntry): OpenedEntry => {
  const known = openings.get(entry) ?? openEntry(entry);
  openings.set(entry, known);
  return known;
};

/** Grows with the log; what is folded once is not folded again. */
export class Apart implements Refold {
  readonly rows = new Map<RecordKey, Row>();
  readonly journal: JournalRecord[] = [];
  readonly landed = new Map<Identity, Landing>();
  /** Every row there ever was, by record and position. */
  readonly versions = new Map<RecordKey, Map<number, Row>>();
  /** Digest by epoch and position, of what a restore cut off too; position 0 is the empty ledger. */
  readonly digests: Map<string, string>;
  /** Every entry there ever was, by epoch and position. */
  readonly entries: Map<string, LogEntry>;
  /** The lowest position a change ever had, in a log that a restore cut off perhaps. */
  readonly lowest: Map<Identity, number>;
  changeCount = 0;
  /** Digest of the rows that the tables' indexes list, by position. */
  readonly listed: string[] = [emptyDigest];
  /** How each epoch was opened: at which position, and after which other. */
  readonly openings: Map<number, { readonly seq: number; readonly after: number }>;
  private digest = emptyDigest;
  private seq = 0;
  private epoch = 1;
  private epochs: readonly EpochMark[] = [];

  constructor(before?: Apart) {
    this.digests = before?.digests ?? new Map([['1:0', emptyDigest]]);
    this.entries = before?.entries ?? new Map();
    this.lowest = before?.lowest ?? new Map();
    this.openings = before?.openings ?? new Map();
  }

  upTo(log: readonly StoredEntry[]): this {
    for (let index = this.seq; index < log.length; index++) {
      const { entry } = log[index] as StoredEntry;
      const { changes } = opened(entry);
      const folded = foldEntry(entry, changes, (key) => this.rows.get(key), this.epochs);
      let listed = this.listed[entry.seq - 1] ?? emptyDigest;
      for (const [key, row] of folded.rows) {
        listed = withListed(withListed(listed, this.rows.get(key)), row);
        this.setRow(key, row);
      }
      this.listed.push(listed);
      this.journal.push(...folded.journal);
      this.digest = xorHex(this.digest, folded.digestChange);
      this.seq = entry.seq;
      if (entry.type === 'epoch') this.openings.set(entry.epoch, { seq: entry.seq, after: this.epoch });
      this.epoch = entry.epoch;
      this.digests.set(`${entry.epoch}:${entry.seq}`, this.digest);
      this.entries.set(`${entry.epoch}:${entry.seq}`, entry);
      this.epochs = epochsAfter(entry, this.epochs);
      this.changeCount += changes.length;
      for (const { identity, change } of changes) {
        const first = this.landed.get(identity);
        if (first?.isOriginal) this.landed.set(identity, { ...first, isCopied: true });
        const isOriginal = !isChange(change) || change.origin === undefined;
        const { seq, receivedAt } = entry;
        if (!first) this.landed.set(identity, { seq, receivedAt, isOriginal, isCopied: false });
        this.lowest.set(identity, Math.min(entry.seq, this.lowest.get(identity) ?? entry.seq));
      }
    }
    return this;
  }

  /** The entry at a position as a device of that epoch has it. */
  entryAt(epoch: number, seq: number): LogEntry | undefined {
    const opening = this.openings.get(epoch);
    return opening && seq < opening.seq ? this.entryAt(opening.after, seq) : this.entries.get(`${epoch}:${seq}`);
  }

  private setRow(key: RecordKey, row: Row): void {
    this.rows.set(key, row);
    const versions = this.versions.get(key) ?? new Map<number, Row>();
    this.versions.set(key, versions.set(row.seq, row));
  }
}
