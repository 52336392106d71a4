import { overlay, type PendingChange } from '../client/overlay.ts';
import type { KeptItem, OutboxItem, RecordState } from '../client/ports.ts';
import { pendingAt } from '../client/record-acts.ts';
import { journalId } from '../client/index.ts';
import { chainHash, chainStart } from '../protocol/change.ts';
import { type Identity, type RecordKey, recordKey } from '../protocol/ids.ts';
import { sameJson } from '../protocol/json.ts';
import { limits } from '../protocol/limits.ts';
import type { LogEntry, StoredEntry } from '../protocol/log-entry.ts';
import { tableKinds } from '../protocol/records.ts';
import { emptyDigest, type Row } from '../row.ts';
import { openJournal } from '../server/ledger-state.ts';
import type { Applied } from '../server/ports.ts';
import type { DeviceState } from './memory-client-store.ts';
import { Apart, opened, type Refold } from './refold.ts';

/** Judges what is committed anywhere in a world, in the moment it is; each gives the first fault, in words. */
export type Invariants = {
  refold(): Refold;
  /** The log lost its end to a restore. */
  cut(): void;
  /** [L5] A device has this now, which is not the fold of the log: excused until a snapshot has taken its place. */
  damaged(state: DeviceState): void;
  isExcused(state: DeviceState): boolean;
  /** It is so still. */
  isDiverged(state: DeviceState): boolean;
  /** The log has or had it, before a restore perhaps. */
  everLanded(identity: Identity): boolean;
  /** What a record was before a position. */
  earlier(key: RecordKey, seq: number): readonly Row[];
  ofCommit(name: string, before: DeviceState, after: DeviceState): string | undefined;
  /** [I9] A row that was just written to a table. */
  ofTableRow(row: Row): string | undefined;
  ofTables(tables: ReadonlyMap<RecordKey, Row>): string | undefined;
  /** [M1] [I10] The tables were just said to be folded so far. */
  ofApplied(applied: Applied): string | undefined;
  /** Everybody has everything: the log itself, and every device against it. */
  atRest(states: readonly DeviceState[]): string | undefined;
};

export const createInvariants = (log: () => readonly StoredEntry[]): Invariants => {
  let apart = new Apart();
  let appliedSeq = 0;
  const sound: Sound = { items: new WeakSet(), records: new WeakSet() };
  const excused = new WeakSet<DeviceState>();
  return {
    refold: () => apart.upTo(log()),
    cut: () => {
      apart = new Apart(apart);
      appliedSeq = 0;
    },
    damaged: (state) => void excused.add(state),
    isExcused: (state) => excused.has(state),
    isDiverged: (state) => excused.has(state) && checkLedger(state, apart.upTo(log())) !== undefined,
    everLanded: (identity) => apart.upTo(log()).lowest.has(identity),
    earlier: (key, seq) => [...(apart.upTo(log()).versions.get(key)?.values() ?? [])].filter((row) => row.seq < seq),
    ofCommit: (name, before, after) => {
      apart.upTo(log());
      if (excused.has(before) && !isReplaced(before, after)) excused.add(after);
      const failure =
        (excused.has(after) ? undefined : checkDigest(after, apart)) ??
        checkMove(before, after, apart) ??
        checkKept(before, after, apart) ??
        checkOutbox(after, sound) ??
        checkScreen(after, sound);
      return failure && `${failure} on ${name}`;
    },
    ofTableRow: (row) => {
      apart.upTo(log());
      const expected = apart.versions.get(recordKey(row.kind, row.id))?.get(row.seq);
      return same(expected, row) ? undefined : `[I9] the table row of ${row.id} is not the fold up to ${row.seq}`;
    },
    ofTables: (tables) => checkTables(tables, apart.upTo(log()).rows),
    ofApplied: ({ seq, digest }) => {
      if (seq < appliedSeq) return `[I10] applied goes back from ${appliedSeq} to ${seq}`;
      appliedSeq = seq;
      const isRight = digest === null || digest === apart.upTo(log()).listed[seq];
      return isRight ? undefined : `[M1] the digest at ${seq} is not that of the rows folded up to there`;
    },
    atRest: (states) => {
      const whole = apart.upTo(log());
      const toBeTold = openIn(whole);
      let failure = checkLog(log());
      for (const state of states) {
        // A damaged row may have become right again unnoticed, and what it was to tell meanwhile is not told.
        failure ??= checkLedger(state, whole) ?? (excused.has(state) ? undefined : checkJournal(state, toBeTold));
      }
      return failure;
    },
  };
};

/** What was judged once and has not changed since is not judged again. */
type Sound = { readonly items: WeakSet<OutboxItem>; readonly records: WeakSet<RecordState> };

/** [L2] The last part of a snapshot is in its place: nothing is left of the rows before. */
const isReplaced = ({ meta: { bootstrap, avoid } }: DeviceState, { meta }: DeviceState): boolean =>
  bootstrap !== undefined &&
  !meta.bootstrap &&
  // One that is given up is named to be avoided, and may be of the position where the device stands already.
  meta.avoid === avoid &&
  meta.cursor === bootstrap.reset.seq &&
  bootstrap.next + 1 >= bootstrap.reset.parts.length;

/** [I5] [I8] Whoever is at a position has its digest. */
const checkDigest = ({ meta }: DeviceState, apart: Apart): string | undefined =>
  apart.digests.get(`${meta.epoch}:${meta.cursor}`) === meta.digest ? undefined : `[I5] digest at ${meta.cursor}`;

/** [I3] [I8] Cursor and data move together and forward; nothing leaves the outbox but into the log below it. */
const checkMove = (before: DeviceState, after: DeviceState, apart: Apart): string | undefined => {
  const { meta } = after;
  if (meta.epoch === before.meta.epoch && !before.meta.bootstrap && meta.cursor < before.meta.cursor)
    return `[D3] the cursor goes back from ${before.meta.cursor} to ${meta.cursor}`;
  if (before.outbox === after.outbox) return undefined;
  const held = new Set(after.outbox.flatMap(stillWaiting));
  for (const identity of before.outbox.flatMap(stillWaiting)) {
    if (held.has(identity)) continue;
    const seq = apart.lowest.get(identity);
    if (seq === undefined || seq > meta.cursor) return `[I3] ${identity} left the outbox and is not folded`;
  }
  return undefined;
};

const stillWaiting = (item: OutboxItem): readonly Identity[] =>
  item.found ? item.identities.filter((_, index) => !item.found?.includes(item.first + index)) : item.identities;

/** [I3] Every change between the last confirmed and the next is there once, on one chain. */
const checkOutbox = ({ meta, outbox }: DeviceState, sound: Sound): string | undefined => {
  let number = meta.confirmedNumber;
  let chain = meta.confirmedChain;
  for (const item of outbox) {
    if (item.first !== number + 1 || item.previous !== chain) return `[I3] outbox goes from ${number} to ${item.first}`;
    if (!sound.items.has(item)) {
      const end = item.changes.reduce((hash, change) => chainHash(hash, change), chain);
      if (end !== item.hash || item.last - item.first + 1 !== item.changes.length)
        return `[I3] outbox item ${item.first}`;
      sound.items.add(item);
    }
    number = item.last;
    chain = item.hash;
  }
  const isWhole = number === meta.nextNumber - 1 && chain === meta.chain;
  return isWhole ? undefined : `[I3] outbox ends at ${number}, next is ${meta.nextNumber}`;
};

/** [I6] What is shown is confirmed with the pending changes laid over, and none of these is missing [I3]. */
const checkScreen = ({ records, outbox }: DeviceState, sound: Sound): string | undefined => {
  let waiting = 0;
  for (const [key, record] of records) {
    waiting += record.pending.length;
    if (record.pending.length === 0 && sound.records.has(record)) continue;
    const pending = record.pending.map((number) => pendingIn(outbox, number));
    if (pending.some((each) => each === undefined)) return `[I3] ${key} waits for a change that is gone`;
    if (sound.records.has(record)) continue;
    const shown = overlay(
      record.confirmed,
      pending.filter((each) => each !== undefined),
    );
    if (!same(shown, record.shown)) return `[I6] ${key} shows something else than confirmed with pending`;
    sound.records.add(record);
  }
  const held = outbox.reduce((sum, item) => sum + item.changes.length - (item.found?.length ?? 0), 0);
  return waiting === held ? undefined : `[I3] ${held} changes wait, the records know of ${waiting}`;
};

const pendingIn = (outbox: readonly OutboxItem[], number: number): PendingChange | undefined => {
  const item = outbox.find((each) => each.first <= number && number <= each.last);
  return item && !item.found?.includes(number) ? pendingAt(item, number) : undefined;
};

type Mark = readonly [last: number, hash: string, seq: number];

/** [I1] [I2] Dense positions; per replica every number once, in order, on one chain. */
export const checkLog = (log: readonly StoredEntry[]): string | undefined => {
  const ends = new Map<string, Mark>();
  for (const [index, { entry, vector }] of log.entries()) {
    if (entry.seq !== index + 1) return `[I1] position ${index + 1} holds seq ${entry.seq}`;
    if (entry.type !== 'changes') continue;
    const [last, hash] = ends.get(entry.replica) ?? [0, chainStart, 0];
    if (entry.first !== last + 1) return `[I2] ${entry.replica} goes from ${last} to ${entry.first}`;
    if (entry.previous !== hash || opened(entry).hash !== entry.hash)
      return `[I2] chain of ${entry.replica} at ${entry.first}`;
    ends.set(entry.replica, [last + entry.changes.length, entry.hash, entry.seq]);
    if (!sameVector(vector, ends)) return `[I2] state vector at ${entry.seq}`;
  }
  return undefined;
};

/** [S6] The replicas heard of last, up to as many as the vector holds. */
const sameVector = (vector: StoredEntry['vector'], ends: ReadonlyMap<string, Mark>): boolean => {
  const latest = [...ends].sort(([, a], [, b]) => b[2] - a[2]).slice(0, limits.vectorReplicasMax);
  return (
    Object.keys(vector).length === latest.length &&
    latest.every(([replica, mark]) => mark.every((part, index) => vector[replica]?.[index] === part))
  );
};

/** [I4] The device's confirmed rows are the fold of the log. */
export const checkConfirmed = (state: DeviceState, rows: ReadonlyMap<RecordKey, Row>): string | undefined => {
  const confirmed = [...state.records].filter(([, record]) => record.confirmed !== undefined);
  if (confirmed.length !== rows.size) return `[I4] ${confirmed.length} confirmed rows, the log has ${rows.size}`;
  const wrong = confirmed.find(([key, record]) => !same(record.confirmed, rows.get(key)));
  return wrong ? `[I4] ${wrong[0]} differs from the log` : undefined;
};

/** [I4] [I5] A device that has all of the log. */
const checkLedger = (state: DeviceState, apart: Apart): string | undefined =>
  checkDigest(state, apart) ?? checkConfirmed(state, apart.rows);

/** [L1] What nobody has dealt with, and of lost values the latest of each group. */
const openIn = ({ rows, journal }: Apart): readonly string[] => {
  const byId = new Map(journal.map((each) => [journalId(each), each]));
  return openJournal({ ...emptyLedger, rows, journal: byId }).map(journalId);
};

/** [I7] It is told to everybody, however they came by their rows. */
const checkJournal = (state: DeviceState, toBeTold: readonly string[]): string | undefined => {
  const told = new Set(state.journal.map(journalId));
  const untold = toBeTold.find((id) => !told.has(id));
  return untold === undefined ? undefined : `[I7] ${state.meta.replica} was not told ${untold}`;
};

const emptyLedger = { seq: 0, epoch: 1, digest: emptyDigest, epochs: [] };

/** [D5] Every change that is folded is kept, in order, as it was folded. */
const checkKept = (before: DeviceState, after: DeviceState, apart: Apart): string | undefined => {
  const [from, to] = [before.meta.cursor, after.meta.cursor];
  if (to <= from || before.meta.bootstrap) return undefined;
  const expected: LogEntry[] = [];
  const marks = [before.meta.keptThrough, after.meta.keptThrough];
  const isKept = ({ epoch, seq }: LogEntry): boolean =>
    marks.every((mark) => mark !== undefined && seq <= mark.seq && apart.entryAt(mark.epoch, seq)?.epoch === epoch);
  for (let seq = from + 1; seq <= to; seq++) {
    const entry = apart.entryAt(after.meta.epoch, seq);
    if (entry && opened(entry).changes.length > 0 && !isKept(entry)) expected.push(entry);
  }
  const known = new Set(before.kept);
  const kept = after.kept.filter((item) => !known.has(item));
  const isSame = ({ seq, identities, changes }: KeptItem, index: number): boolean => {
    const entry = expected[index];
    if (entry?.seq !== seq || changes.length !== identities.length) return false;
    const logged = opened(entry).changes;
    return logged.length === identities.length && logged.every((each, n) => each.identity === identities[n]);
  };
  return kept.length === expected.length && kept.every(isSame) ? undefined : `[D5] entries after ${from} are not kept`;
};

/** [I9] Every table row is the fold of its record, and no other rows stand there. */
export const checkTables = (
  tables: ReadonlyMap<RecordKey, Row>,
  rows: ReadonlyMap<RecordKey, Row>,
): string | undefined => {
  const kinds: ReadonlySet<string> = new Set([...tableKinds, 'profile']);
  const expected = [...rows].filter(([, row]) => kinds.has(row.kind));
  if (tables.size !== expected.length)
    return `[I9] ${tables.size} table rows for ${expected.length} records: ${[...tables.keys()].filter((key) => !rows.has(key)).join()}`;
  const wrong = expected.find(([key, row]) => !same(tables.get(key), row));
  return wrong ? `[I9] table row ${wrong[0]} differs from the log` : undefined;
};

const same = (a: Row | undefined, b: Row | undefined): boolean =>
  a === b || (a !== undefined && b !== undefined && sameJson(a, b));
