import { baseInLog } from './base-in-log.ts';
import {
  type Basis,
  type Change,
  chainHash,
  deletedGroup,
  identityOf,
  isChange,
  type RejectionReason,
  type Write,
} from './protocol/change.ts';
import { xorHex } from './protocol/hash.ts';
import { type Identity, type RecordKey, recordKey } from './protocol/ids.ts';
import { type Json, sameJson } from './protocol/json.ts';
import { limits } from './protocol/limits.ts';
import type { EpochEntry, EpochMark, LogEntry } from './protocol/log-entry.ts';
import type { JournalRecord } from './journal.ts';
import { type Cell, isDeleted, type Row, rowDigest, type Version } from './row.ts';

export type { JournalRecord };

/** What a change is folded in: its place in the log. */
export type FoldContext = {
  readonly seq: number;
  readonly receivedAt: number;
  /** Restores so far, oldest first. */
  readonly epochs: readonly EpochMark[];
};

export type Folded = { readonly row: Row | undefined; readonly journal: readonly JournalRecord[] };

/**
 * Folds one change into its record. Pure and total; the same log gives the same rows everywhere.
 *
 * `identity` is that of the change's first stamping. Rules F1 to F9 of PROTOCOL.md.
 */
export const foldChange = (row: Row | undefined, change: Change, identity: Identity, context: FoldContext): Folded => {
  if (row && holds(row, identity)) return { row, journal: [] }; // [F1]
  const base: Row = {
    kind: change.kind,
    id: change.id,
    cells: {},
    ...row,
    seq: context.seq,
    ...(change.origin === undefined ? {} : { restamped: [...(row?.restamped ?? []), identity] }),
  };
  if (change.op === 'delete') return foldDelete(base, change, identity, context);
  if (change.op === 'generate') return { row: row ? base : generate(base, change, identity, context), journal: [] };
  if (isFull(base, change)) return { row: base, journal: [refusedAsFull(base, change, identity, context)] };
  return foldTyped(base, change, identity, context);
};

const holds = (row: Row, identity: Identity): boolean => {
  if (row.restamped?.includes(identity) || row.deleted?.version.by === identity) return true;
  for (const group in row.cells) if (row.cells[group]?.version.by === identity) return true;
  return false;
};

/** [F9] A row must stay small enough for any store: no change takes a record beyond its groups. */
const isFull = (base: Row, { set = {} }: Change): boolean => {
  const added = Object.keys(set).filter((group) => group !== deletedGroup && !Object.hasOwn(base.cells, group));
  return added.length > 0 && Object.keys(base.cells).length + added.length > limits.groupsMax;
};

const refusedAsFull = (base: Row, change: Change, identity: Identity, context: FoldContext): JournalRecord => ({
  type: 'rejected',
  key: recordKey(base.kind, base.id),
  by: identity,
  change,
  reason: { type: 'recordFull', groupsMax: limits.groupsMax },
  seq: context.seq,
  at: context.receivedAt,
});

/** [F6] The log's order decides what was seen; the clock only breaks ties, and never from the future. */
const versionFor = (change: Change, identity: Identity, context: FoldContext): Version => ({
  seq: context.seq,
  at: Math.max(1, Math.min(change.at, context.receivedAt)),
  by: identity,
});

/** [F2] The author saw this version: it is not above the base, or it was the author's own pending one. */
const isCovered = (
  version: Version,
  base: number,
  over: Identity | undefined,
  change: Change,
  context: FoldContext,
): boolean => version.seq <= baseInLog(base, change.epoch ?? 1, context.epochs) || version.by === over;

const coveredBy = (version: Version, basis: Basis | undefined, change: Change, context: FoldContext): boolean =>
  isCovered(version, basis?.[0] ?? 0, basis?.[1], change, context);

/** [F7] Only where there is nothing at all; `foldChange` has skipped the rest. */
const generate = (base: Row, change: Change, identity: Identity, context: FoldContext): Row => {
  const version: Version = { seq: context.seq, at: 0, by: identity, generated: true };
  const cells: Record<string, Cell> = {};
  for (const [group, [value]] of Object.entries(change.set ?? {}))
    if (group !== deletedGroup) cells[group] = { value, version };
  return { ...base, cells };
};

/** [F5] A delete wins only over what its author saw; generated values do not count as edits. */
const foldDelete = (base: Row, change: Change, identity: Identity, context: FoldContext): Folded => {
  // By name: a store may keep the groups in any order, and all devices are to tell of the same edit.
  const groups = Object.keys(base.cells).sort();
  const unseen = groups
    .map((group) => [group, (base.cells[group] as Cell).version] as const)
    .find(([group, version]) => !version.generated && !coveredBy(version, change.see?.[group], change, context));
  if (unseen) return { row: base, journal: [editMetDelete(base, unseen[1].by, identity, context)] };
  if (isDeleted(base)) return { row: base, journal: [] };
  return { row: { ...base, deleted: { value: true, version: versionFor(change, identity, context) } }, journal: [] };
};

const foldTyped = (base: Row, change: Change, identity: Identity, context: FoldContext): Folded => {
  const version = versionFor(change, identity, context);
  const journal: JournalRecord[] = [];
  const cells: Record<string, Cell> = { ...base.cells };
  for (const [group, write] of Object.entries(change.set ?? {})) {
    if (group === deletedGroup) continue;
    const current = cells[group];
    const verdict = current ? judge(current, write, change, version, context) : 'wins';
    if (verdict === 'same') continue;
    const written: Cell = { value: write[0], version };
    if (verdict !== 'wins' && current)
      journal.push(
        lost(base, group, verdict === 'later' ? current : written, verdict === 'later' ? written : current, context),
      );
    if (verdict !== 'earlier') cells[group] = written;
  }
  const tombstone = isDeleted(base) ? base.deleted : undefined;
  if (!tombstone) return { row: { ...base, cells }, journal };
  // [F5] A typed edit always leaves the row alive; only a restore that covers the tombstone knew of the delete.
  const restore = change.set?.[deletedGroup];
  const knew = restore !== undefined && isCovered(tombstone.version, restore[1] ?? 0, restore[2], change, context);
  if (!knew) journal.push(editMetDelete(base, identity, tombstone.version.by, context));
  return { row: { ...base, cells, deleted: { value: false, version } }, journal };
};

type Verdict = 'wins' | 'same' | 'later' | 'earlier';

const judge = (current: Cell, write: Write, change: Change, version: Version, context: FoldContext): Verdict => {
  if (current.version.generated) return 'wins'; // [F7]
  if (isCovered(current.version, write[1] ?? 0, write[2], change, context)) return 'wins'; // [F2]
  if (sameJson(current.value, write[0])) return 'same'; // [F3]
  return isLater(version, current.version) ? 'later' : 'earlier'; // [F4]
};

const isLater = (a: Version, b: Version): boolean => (a.at === b.at ? a.by > b.by : a.at > b.at);

const lost = (row: Row, group: string, loser: Cell, winner: Cell, context: FoldContext): JournalRecord => ({
  type: 'lost',
  key: recordKey(row.kind, row.id),
  group,
  value: loser.value,
  by: loser.version.by,
  to: winner.version.by,
  seq: context.seq,
  at: context.receivedAt,
});

const editMetDelete = (row: Row, edit: Identity, deletion: Identity, context: FoldContext): JournalRecord => ({
  type: 'editMetDelete',
  key: recordKey(row.kind, row.id),
  edit,
  deletion,
  seq: context.seq,
  at: context.receivedAt,
});

/** One change of an entry, told apart from JSON that is none, with its identity. */
export type EntryChange =
  | { readonly type: 'change'; readonly number: number; readonly change: Change; readonly identity: Identity }
  | {
      readonly type: 'rejected';
      readonly number: number;
      readonly change: Json;
      readonly identity: Identity;
      readonly reason: RejectionReason;
    };

/** An entry's changes with their identities, and the chain hash after the last (its own `previous` for none). */
export type OpenedEntry = { readonly changes: readonly EntryChange[]; readonly hash: string };

/** [P4] Walks a replica's chain through an entry. The hash at the end must be the entry's own: else it was altered. */
export const openEntry = (entry: LogEntry): OpenedEntry => {
  if (entry.type === 'server') {
    return { changes: entry.changes.map((change) => entryChange(change, 0, entry.id, undefined)), hash: '' };
  }
  if (entry.type !== 'changes') return { changes: [], hash: '' };
  const reasons = new Map(entry.rejected);
  let hash = entry.previous;
  const changes = entry.changes.map((change, index) => {
    const number = entry.first + index;
    hash = chainHash(hash, change);
    return entryChange(change, number, identityOf(entry.replica, number, hash), reasons.get(number));
  });
  return { changes, hash };
};

const entryChange = (
  change: Json,
  number: number,
  stamped: Identity,
  reason: RejectionReason | undefined,
): EntryChange => {
  if (!isChange(change))
    return { type: 'rejected', number, change, identity: stamped, reason: reason ?? { type: 'shape' } };
  const identity = change.origin ?? stamped;
  return reason ? { type: 'rejected', number, change, identity, reason } : { type: 'change', number, change, identity };
};

/** Keys of the records an entry names, each once, flagged changes included; what to load before `foldEntry`. */
export const keysOf = (changes: readonly EntryChange[]): readonly RecordKey[] => [
  ...new Set(changes.flatMap(({ change }) => (isChange(change) ? [recordKey(change.kind, change.id)] : []))),
];

export type FoldedEntry = {
  /** Rows after the entry, for the keys it touched. */
  readonly rows: ReadonlyMap<RecordKey, Row>;
  readonly journal: readonly JournalRecord[];
  /** To be combined by exclusive or with the ledger's digest. */
  readonly digestChange: string;
};

/** Folds one log entry over the rows it touches. `rowAt` gives a record's row before the entry. */
export const foldEntry = (
  entry: LogEntry,
  changes: readonly EntryChange[],
  rowAt: (key: RecordKey) => Row | undefined,
  epochs: readonly EpochMark[],
): FoldedEntry => {
  const context: FoldContext = { seq: entry.seq, receivedAt: entry.receivedAt, epochs };
  const rows = new Map<RecordKey, Row>();
  const journal: JournalRecord[] = [];
  for (const each of changes) {
    if (each.type === 'rejected') {
      journal.push(rejected(each, context));
      continue;
    }
    const key = recordKey(each.change.kind, each.change.id);
    const folded = foldChange(rows.get(key) ?? rowAt(key), each.change, each.identity, context);
    if (folded.row) rows.set(key, folded.row);
    journal.push(...folded.journal);
  }
  let digestChange = '0'.repeat(32);
  for (const [key, row] of rows) {
    const before = rowAt(key);
    if (before === row) continue;
    if (before) digestChange = xorHex(digestChange, rowDigest(before));
    digestChange = xorHex(digestChange, rowDigest(row));
  }
  return { rows, journal, digestChange };
};

const rejected = (each: EntryChange & { type: 'rejected' }, context: FoldContext): JournalRecord => ({
  type: 'rejected',
  key: isChange(each.change) ? recordKey(each.change.kind, each.change.id) : null,
  by: each.identity,
  change: each.change,
  reason: each.reason,
  seq: context.seq,
  at: context.receivedAt,
});

/** The restores after an entry. */
export const epochsAfter = (entry: LogEntry, epochs: readonly EpochMark[]): readonly EpochMark[] =>
  entry.type === 'epoch' ? [...epochs, markOf(entry)] : epochs;

const markOf = ({ epoch, restoredHead, abandoned }: EpochEntry): EpochMark => ({
  epoch,
  restoredHead,
  ...(abandoned ? { abandoned } : {}),
});
