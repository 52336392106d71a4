import { type EntryChange, epochsAfter, foldEntry, keysOf, openEntry } from '../fold.ts';
import type { JournalRecord } from '../journal.ts';
import type { Change } from '../protocol/change.ts';
import { keptHead } from '../base-in-log.ts';
import { xorHex } from '../protocol/hash.ts';
import { type RecordKey, recordKey } from '../protocol/ids.ts';
import { limits } from '../protocol/limits.ts';
import type { ChangesEntry, EpochEntry, LogEntry } from '../protocol/log-entry.ts';
import type { SyncAnswer, SyncRequest, WireEntry } from '../protocol/messages.ts';
import type { Row } from '../row.ts';
import { isKeptAlready } from './kept-through.ts';
import { overlay } from './overlay.ts';
import type { ClientReads, ClientWrites, KeptItem, OutboxItem, RecordState, ReplicaMeta } from './ports.ts';
import { lostItem } from './lost-items.ts';
import { pendingByKey, pendingOf, stateOf } from './record-acts.ts';
import { restamp } from './restamp.ts';
import { trimItem } from './trim-item.ts';
import { rejections, toLogEntry } from './wire-entries.ts';

/** `newReplica` is used only if this profile turns out to be a clone; `now` is the device's clock. */
export type ApplyOptions = {
  readonly newReplica: string;
  readonly now: number;
  readonly checkpointEvery?: number;
};

/** The fold of one run of entries inside one transaction: reads as it goes, gathers what is to be written. */
export class AnswerFold {
  private readonly reads: ClientReads;
  private readonly options: ApplyOptions;
  private meta: ReplicaMeta;
  private readonly before = new Map<RecordKey, RecordState>();
  private readonly states = new Map<RecordKey, RecordState>();
  private readonly journal: JournalRecord[] = [];
  private readonly keep: KeptItem[] = [];
  private readonly keepDelete: { readonly epoch: number; readonly seq: number }[] = [];
  private outbox: OutboxItem[] | undefined;
  private readonly loaded = new Set<number>();
  /** The outbox held here is all there is; the stored one has other numbers. */
  private isStampedAgain = false;

  constructor(reads: ClientReads, meta: ReplicaMeta, options: ApplyOptions) {
    this.reads = reads;
    this.meta = meta;
    this.options = options;
  }

  /** `stopped`: what follows must be asked for again, under another identity. */
  async entries(entries: readonly WireEntry[], head: number): Promise<'folded' | 'stopped' | 'corrupt'> {
    for (const wire of entries) {
      if (wire.seq !== this.meta.cursor + 1) return 'stopped'; // [S5] never over a hole
      if (wire.type === 'own') {
        if (this.meta.reidentify) {
          // Nothing was pushed under the new identity yet: a copy of this profile has taken the same one.
          this.meta = { ...this.meta, reidentify: { ...this.meta.reidentify, replica: this.options.newReplica } };
          return 'stopped';
        }
        const entry = await this.ownEntry(wire);
        const isWhole = entry !== undefined && (await this.fold(entry, true));
        if (!isWhole) {
          this.reidentify(Math.max(head, wire.seq));
          return 'stopped';
        }
      } else {
        const entry = toLogEntry(wire);
        const isWhole = await this.fold(entry, false);
        if (!isWhole) return 'corrupt';
        if (entry.type === 'epoch') await this.offerAgain(entry, head);
      }
    }
    return 'folded';
  }

  /** [D8] The author's own content for a stub, only if the outbox holds the whole range; `fold` compares the hash. */
  private async ownEntry(stub: WireEntry & { type: 'own' }): Promise<ChangesEntry | undefined> {
    if (stub.first !== this.meta.confirmedNumber + 1) return undefined;
    const outbox = await this.loadOutbox(stub.last - stub.first + 1);
    const changes: Change[] = [];
    for (const item of outbox) {
      for (let number = Math.max(item.first, stub.first); number <= Math.min(item.last, stub.last); number++) {
        changes.push(item.changes[number - item.first] as Change);
      }
    }
    if (changes.length !== stub.last - stub.first + 1) return undefined;
    const previous = this.meta.confirmedChain;
    const { seq, epoch, receivedAt, first, hash } = stub;
    return {
      type: 'changes',
      seq,
      epoch,
      receivedAt,
      replica: this.meta.replica,
      first,
      previous,
      hash,
      changes,
      rejected: rejections(stub.rejected),
    };
  }

  /** False if the entry's chain does not end in its hash; nothing is gathered then. */
  private async fold(entry: LogEntry, isOwn: boolean): Promise<boolean> {
    const opened = openEntry(entry);
    if (entry.type === 'changes' && opened.hash !== entry.hash) return false;
    await this.load(keysOf(opened.changes));
    let own: KeptItem['own'] = [];
    if (isOwn && entry.type === 'changes') {
      this.confirm(entry);
      own = 'all';
    } else if (this.meta.reidentify) own = await this.markFound(opened.changes);
    this.keepEntry(entry, opened.changes, own);
    const folded = foldEntry(entry, opened.changes, (key) => stateOf(this.states, key).confirmed, this.meta.epochs);
    for (const [key, row] of folded.rows) this.setConfirmed(key, row);
    this.journal.push(...folded.journal);
    const digest = xorHex(this.meta.digest, folded.digestChange);
    const every = this.options.checkpointEvery ?? limits.entriesPerSnapshot;
    const { avoid, ...meta } = this.meta;
    this.meta = {
      ...meta,
      ...(avoid !== undefined && avoid > entry.seq ? { avoid } : {}),
      cursor: entry.seq,
      epoch: entry.epoch,
      digest,
      epochs: epochsAfter(entry, this.meta.epochs),
      ...(entry.seq % every === 0 ? { checkpoint: { seq: entry.seq, digest } } : {}),
      ...(entry.type === 'seal' ? { sealed: true } : {}),
    };
    return true;
  }

  private confirm(entry: ChangesEntry): void {
    const last = entry.first + entry.changes.length - 1;
    for (const [key, state] of this.states) {
      const pending = state.pending.filter((number) => number > last);
      if (pending.length !== state.pending.length) this.states.set(key, { ...state, pending });
    }
    this.outbox = (this.outbox ?? []).flatMap((item) => trimItem(item, last, entry.hash));
    this.meta = { ...this.meta, confirmedNumber: last, confirmedChain: entry.hash };
  }

  private keepEntry(entry: LogEntry, changes: readonly EntryChange[], own: KeptItem['own']): void {
    if (changes.length === 0 || isKeptAlready(entry, this.meta.keptThrough)) return;
    const { epoch, seq, receivedAt } = entry;
    this.keep.push({
      epoch,
      seq,
      receivedAt,
      confirmedAt: this.options.now,
      changes: changes.map(({ change }) => change),
      identities: changes.map(({ identity }) => identity),
      own,
    });
  }

  /** [D8] Own changes found in the log leave the outbox here, by their identity. Gives their indexes in the entry. */
  private async markFound(changes: readonly EntryChange[]): Promise<readonly number[]> {
    const outbox = await this.loadOutbox(Number.POSITIVE_INFINITY);
    const indexes = new Map(changes.map((each, index) => [each.identity, index]));
    const found: { change: Change; index: number }[] = [];
    this.outbox = outbox.map((item) => {
      const numbers = item.identities.flatMap((identity, i) => {
        const index = indexes.get(identity);
        if (index === undefined || item.found?.includes(item.first + i)) return [];
        found.push({ change: item.changes[i] as Change, index });
        return [item.first + i];
      });
      return numbers.length === 0 ? item : { ...item, found: [...(item.found ?? []), ...numbers] };
    });
    if (found.length === 0) return [];
    await this.load(found.map(({ change }) => recordKey(change.kind, change.id)));
    const gone = new Set(this.outbox.flatMap((item) => item.found ?? []));
    for (const [key, state] of this.states) {
      const pending = state.pending.filter((number) => !gone.has(number));
      if (pending.length !== state.pending.length) this.states.set(key, { ...state, pending });
    }
    return found.map(({ index }) => index);
  }

  /** [L5] The server compared the digest that was sent. */
  judged(request: SyncRequest, answer: SyncAnswer): void {
    const { checkpoint, ...rest } = this.meta;
    if (answer.checkpoint !== undefined && checkpoint?.seq === request.checkpoint?.seq) this.meta = rest;
  }

  /** [D8] Fork, gap or stale: pull to the head it names; refused again there, this profile is a clone. */
  refusal(request: SyncRequest, answer: SyncAnswer): void {
    const type = answer.refusal?.type;
    if ((type !== 'fork' && type !== 'gap' && type !== 'stale') || !request.push || this.meta.reidentify) return;
    if (this.meta.confirmedNumber >= request.push.first) return; // the pull beside the refusal explained it
    const head = answer.refusal?.head ?? answer.head;
    if (this.meta.cursor < head) this.meta = { ...this.meta, pullFirst: head };
    else this.reidentify(head);
  }

  /**
   * [L4] A restore cut off what this replica had seen confirmed: it waits again, before the rest, under the identity to
   * come, and is searched for in what follows.
   */
  private async offerAgain({ epoch, restoredHead, abandoned = [] }: EpochEntry, head: number): Promise<void> {
    const lowest = Math.min(restoredHead, ...abandoned.map(([, commonHead]) => commonHead));
    const marks = [{ epoch, restoredHead, abandoned }];
    const kept = (await this.reads.keptAbove(lowest)).filter((item) => item.seq > keptHead(item.epoch, marks));
    const { keptThrough } = this.meta;
    if (keptThrough) {
      const seq = Math.min(keptThrough.seq, keptHead(keptThrough.epoch, marks));
      this.meta = { ...this.meta, keptThrough: { ...keptThrough, seq } };
    }
    this.keepDelete.push(...kept.map((item) => ({ epoch: item.epoch, seq: item.seq })));
    const { pullFirst: _, ...meta } = this.meta;
    this.meta = meta;
    const lost = kept.flatMap(lostItem);
    if (lost.length === 0 && !meta.reidentify) return;
    this.reidentify(head); // what either waited for may lie above the cut, where nothing comes any more
    if (lost.length === 0) return;
    await this.stampAgain(lost);
    this.reidentify(head);
  }

  private reidentify(target: number): void {
    const replica = this.meta.reidentify?.replica ?? this.options.newReplica;
    this.meta = { ...this.meta, reidentify: { replica, target } };
  }

  async finish(): Promise<ClientWrites> {
    if (this.meta.reidentify && this.meta.cursor >= this.meta.reidentify.target) await this.stampAgain();
    await this.layPendingOver();
    const records = [...this.states]
      .filter(([key, state]) => this.before.get(key) !== state)
      .map(([key, after]) => ({ key, before: stateOf(this.before, key), after }));
    return {
      meta: this.meta,
      records,
      outboxDelete: [...this.loaded],
      outboxPut: this.outbox ?? [],
      keep: this.keep,
      keepDelete: this.keepDelete,
      journal: this.journal,
    };
  }

  private async stampAgain(before: readonly OutboxItem[] = []): Promise<void> {
    const outbox = [...before, ...(await this.loadOutbox(Number.POSITIVE_INFINITY))];
    await this.load(outbox.flatMap((item) => item.changes.map((change) => recordKey(change.kind, change.id))));
    const stamped = restamp(this.meta, outbox);
    this.meta = stamped.meta;
    this.outbox = [...stamped.items];
    this.isStampedAgain = true;
    const pending = pendingByKey(stamped.items);
    for (const [key, state] of this.states) {
      const numbers = (pending.get(key) ?? []).map(({ number }) => number);
      this.states.set(key, { ...state, pending: numbers });
    }
  }

  /** What is shown: confirmed rows with the pending changes that are left. */
  private async layPendingOver(): Promise<void> {
    const own = new Map((this.outbox ?? []).map((item) => [item.first, item]));
    const reads: ClientReads = {
      ...this.reads,
      outboxFrom: async (number, changesMax) => {
        const here = [...own.values()].find((item) => item.first <= number && number <= item.last);
        return here ? [here] : this.reads.outboxFrom(number, changesMax);
      },
    };
    const pending = await pendingOf(reads, this.states);
    for (const [key, state] of this.states) {
      if (this.before.get(key) === state) continue;
      this.states.set(key, { ...state, shown: overlay(state.confirmed, pending.get(key) ?? []) });
    }
  }

  private setConfirmed(key: RecordKey, row: Row): void {
    this.states.set(key, { ...stateOf(this.states, key), confirmed: row });
  }

  private async load(keys: readonly RecordKey[]): Promise<void> {
    const missing = keys.filter((key) => !this.states.has(key));
    if (missing.length === 0) return;
    for (const [key, state] of await this.reads.records([...new Set(missing)])) {
      this.before.set(key, state);
      this.states.set(key, state);
    }
  }

  /** The outbox's oldest items, at least `changesMax` changes of them; held here and written back as a whole. */
  private async loadOutbox(changesMax: number): Promise<readonly OutboxItem[]> {
    const held = (this.outbox ?? []).reduce((sum, item) => sum + item.changes.length, 0);
    if (this.isStampedAgain || held >= changesMax) return this.outbox ?? [];
    const from = this.meta.confirmedNumber + 1;
    const items = await this.reads.outboxFrom(from, changesMax);
    const known = new Map((this.outbox ?? []).map((item) => [item.last, item]));
    for (const item of items) this.loaded.add(item.first);
    this.outbox = items
      .map((item) => known.get(item.last) ?? item)
      .flatMap((item) => trimItem(item, this.meta.confirmedNumber, this.meta.confirmedChain));
    return this.outbox;
  }
}
