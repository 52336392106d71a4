import { overlay, type PendingChange } from '../client/overlay.ts';
import type { OutboxItem, RecordState } from '../client/ports.ts';
import { foldEntry, openEntry } from '../fold.ts';
import { chainHash, chainStart } from '../protocol/change.ts';
import { xorHex } from '../protocol/hash.ts';
import type { RecordKey } from '../protocol/ids.ts';
import { canonicalJson } from '../protocol/json.ts';
import type { StoredEntry } from '../protocol/log-entry.ts';
import { tableKinds } from '../protocol/records.ts';
import { emptyDigest, type Row } from '../row.ts';
import { pendingAt } from '../client/record-acts.ts';
import type { DeviceState } from './memory-client-store.ts';
import type { JournalRecord } from '../fold.ts';

/** The log folded apart from everybody, with the digest at each position; grows with the log. */
export type Refold = {
  readonly rows: Map<RecordKey, Row>;
  readonly journal: JournalRecord[];
  /** Digest by log position; position 0 is the empty ledger. */
  readonly digests: string[];
};

export const emptyRefold = (): Refold => ({ rows: new Map(), journal: [], digests: [emptyDigest] });

/** Folds what the log has more than the refold. */
export const extendRefold = (refold: Refold, log: readonly StoredEntry[]): Refold => {
  for (const { entry } of log.slice(refold.digests.length - 1)) {
    const folded = foldEntry(entry, openEntry(entry).changes, (key) => refold.rows.get(key), []);
    for (const [key, row] of folded.rows) refold.rows.set(key, row);
    refold.journal.push(...folded.journal);
    refold.digests.push(xorHex(refold.digests.at(-1) ?? emptyDigest, folded.digestChange));
  }
  return refold;
};

/** Invariants 1 and 2: dense positions; per replica every number once, in order, on one chain. */
export const checkLog = (log: readonly StoredEntry[]): string | undefined => {
  const ends = new Map<string, readonly [number, string]>();
  for (const [index, { entry, vector }] of log.entries()) {
    if (entry.seq !== index + 1) return `[I1] position ${index + 1} holds seq ${entry.seq}`;
    if (entry.type !== 'changes') continue;
    const [last, hash] = ends.get(entry.replica) ?? [0, chainStart];
    if (entry.first !== last + 1) return `[I2] ${entry.replica} goes from ${last} to ${entry.first}`;
    if (entry.previous !== hash || openEntry(entry).hash !== entry.hash)
      return `[I2] chain of ${entry.replica} at ${entry.first}`;
    ends.set(entry.replica, [last + entry.changes.length, entry.hash]);
    if (canonicalJson(vector) !== canonicalJson(Object.fromEntries(ends))) return `[I2] state vector at ${entry.seq}`;
  }
  return undefined;
};

/** Judges a device at any moment; what was judged once and has not changed since is not judged again. */
export type DeviceCheck = (state: DeviceState, digests: readonly string[]) => string | undefined;

/** Invariants 3, 5, 6 and 8 of a device. `digests` are those of the log folded apart. */
export const createDeviceCheck = (): DeviceCheck => {
  const soundItems = new WeakSet<OutboxItem>();
  const soundRecords = new WeakSet<RecordState>();
  return (state, digests) => {
    if (digests[state.meta.cursor] !== state.meta.digest) return `[I5] digest at ${state.meta.cursor}`;
    const fault = checkOutbox(state, soundItems);
    if (fault) return fault;
    for (const [key, record] of state.records) {
      if (record.pending.length === 0 && soundRecords.has(record)) continue;
      const pending = record.pending.map((number) => pendingIn(state.outbox, number));
      if (pending.some((each) => each === undefined)) return `[I3] ${key} waits for a change that is gone`;
      if (soundRecords.has(record)) continue;
      const shown = overlay(
        record.confirmed,
        pending.filter((each) => each !== undefined),
      );
      if (!same(shown, record.shown)) return `[I6] ${key} shows something else than confirmed with pending`;
      soundRecords.add(record);
    }
    return undefined;
  };
};

const pendingIn = (outbox: readonly OutboxItem[], number: number): PendingChange | undefined => {
  const item = outbox.find((each) => each.first <= number && number <= each.last);
  return item ? pendingAt(item, number) : undefined;
};

/** [I3] Every change between the last confirmed and the next is there once, on one chain. */
const checkOutbox = ({ meta, outbox }: DeviceState, sound: WeakSet<OutboxItem>): string | undefined => {
  let number = meta.confirmedNumber;
  let chain = meta.confirmedChain;
  for (const item of outbox) {
    if (item.first !== number + 1 || item.previous !== chain) return `[I3] outbox goes from ${number} to ${item.first}`;
    if (!sound.has(item)) {
      const end = item.changes.reduce((hash, change) => chainHash(hash, change), chain);
      if (end !== item.hash || item.last - item.first + 1 !== item.changes.length)
        return `[I3] outbox item ${item.first}`;
      sound.add(item);
    }
    number = item.last;
    chain = item.hash;
  }
  const isWhole = number === meta.nextNumber - 1 && chain === meta.chain;
  return isWhole ? undefined : `[I3] outbox ends at ${number}, next is ${meta.nextNumber}`;
};

/** Invariant 4, at rest: the device's confirmed rows are the fold of the log. */
export const checkConfirmed = (state: DeviceState, rows: ReadonlyMap<RecordKey, Row>): string | undefined => {
  const confirmed = [...state.records].filter(([, record]) => record.confirmed !== undefined);
  if (confirmed.length !== rows.size) return `[I4] ${confirmed.length} confirmed rows, the log has ${rows.size}`;
  const wrong = confirmed.find(([key, record]) => !same(record.confirmed, rows.get(key)));
  return wrong ? `[I4] ${wrong[0]} differs from the log` : undefined;
};

/** Invariant 9: every table row is the fold of its record, and no other rows stand there. */
export const checkTables = (
  tables: ReadonlyMap<RecordKey, Row>,
  rows: ReadonlyMap<RecordKey, Row>,
): string | undefined => {
  const kinds: ReadonlySet<string> = new Set([...tableKinds, 'profile']);
  const expected = [...rows].filter(([, row]) => kinds.has(row.kind));
  if (tables.size !== expected.length) return `[I9] ${tables.size} table rows for ${expected.length} records`;
  const wrong = expected.find(([key, row]) => !same(tables.get(key), row));
  return wrong ? `[I9] table row ${wrong[0]} differs from the log` : undefined;
};

const same = (a: Row | undefined, b: Row | undefined): boolean =>
  a === b || (a !== undefined && b !== undefined && canonicalJson(a) === canonicalJson(b));
