import { epochsAfter, foldEntry, openEntry } from '../fold.ts';
import { type JournalRecord, journalId } from '../journal.ts';
import { unpackRow } from '../packed-row.ts';
import { xorHex } from '../protocol/hash.ts';
import { dismissalId } from '../protocol/derived-ids.ts';
import { type RecordKey, recordKey, type SpaceId } from '../protocol/ids.ts';
import { limits } from '../protocol/limits.ts';
import type { EpochMark, LogEntry } from '../protocol/log-entry.ts';
import { emptyDigest, isLive, type Row } from '../row.ts';
import { parseSnapshotPart } from '../snapshot-part.ts';
import { type ReadableHistory, readRun } from './archive.ts';
import type { SnapshotPointer } from './ports.ts';
import { readManifest, readPart } from './snapshot-store.ts';

/** A whole ledger in memory, as the log says at one position. */
export type LedgerState = {
  seq: number;
  epoch: number;
  digest: string;
  epochs: readonly EpochMark[];
  readonly rows: Map<RecordKey, Row>;
  /** By `journalId`. */
  readonly journal: Map<string, JournalRecord>;
};

const emptyLedger = (): LedgerState => ({
  seq: 0,
  epoch: 1,
  digest: emptyDigest,
  epochs: [],
  rows: new Map(),
  journal: new Map(),
});

/**
 * The ledger at `seq`, from the newest of the snapshots at or below it that is whole, and the entries after it. Rejects
 * if the log does not reach so far.
 */
export const ledgerAt = async (
  history: ReadableHistory,
  space: SpaceId,
  snapshots: readonly SnapshotPointer[],
  seq: number,
): Promise<LedgerState> => {
  const ledger = await startFrom(history, space, snapshots, seq);
  const bounds = { entriesMax: limits.entriesPerAnswerMax, sizeBytesMax: limits.answerSizeBytesMax };
  while (ledger.seq < seq) {
    const run = await readRun(history, space, ledger.seq, bounds, true);
    if (run.length === 0) throw new Error(`the log has a hole after ${ledger.seq}`);
    for (const entry of run) if (entry.seq <= seq) foldOn(ledger, entry);
  }
  return ledger;
};

const startFrom = async (
  { blobs }: ReadableHistory,
  space: SpaceId,
  snapshots: readonly SnapshotPointer[],
  seq: number,
): Promise<LedgerState> => {
  for (const pointer of snapshots) {
    const manifest = pointer.seq <= seq ? await readManifest(blobs, space, pointer) : undefined;
    if (!manifest) continue;
    const ledger: LedgerState = { ...emptyLedger(), ...pick(manifest) };
    let isWhole = true;
    for (const [index, { hash }] of manifest.parts.entries()) {
      const text = await readPart(blobs, space, pointer, index, hash);
      const part = text === undefined ? undefined : parseSnapshotPart(text);
      if (!part?.ok) isWhole = false;
      else {
        for (const packed of part.value.rows) ledger.rows.set(recordKey(packed.k, packed.i), unpackRow(packed));
        for (const record of part.value.journal) ledger.journal.set(journalId(record), record);
      }
    }
    if (isWhole) return ledger;
  }
  return emptyLedger();
};

/** Records that any snapshot of the space holds, as far as they can be read. */
export const keysInSnapshots = async (
  history: ReadableHistory,
  space: SpaceId,
  snapshots: readonly SnapshotPointer[],
): Promise<Set<RecordKey>> => {
  const keys = new Set<RecordKey>();
  for (const pointer of snapshots) {
    const ledger = await startFrom(history, space, [pointer], pointer.seq);
    for (const key of ledger.rows.keys()) keys.add(key);
  }
  return keys;
};

const pick = ({ seq, epoch, digest, epochs }: Pick<LedgerState, 'seq' | 'epoch' | 'digest' | 'epochs'>) => ({
  seq,
  epoch,
  digest,
  epochs,
});

const foldOn = (ledger: LedgerState, entry: LogEntry): void => {
  const { changes, hash } = openEntry(entry);
  if (entry.type === 'changes' && hash !== entry.hash) throw new Error(`entry ${entry.seq} was altered`);
  const folded = foldEntry(entry, changes, (key) => ledger.rows.get(key), ledger.epochs);
  for (const [key, row] of folded.rows) ledger.rows.set(key, row);
  for (const record of folded.journal) ledger.journal.set(journalId(record), record);
  ledger.digest = xorHex(ledger.digest, folded.digestChange);
  ledger.epochs = epochsAfter(entry, ledger.epochs);
  ledger.epoch = entry.epoch;
  ledger.seq = entry.seq;
};

/** [L1] What a new device is told of the past: all that nobody has resolved, and of lost values the latest of each group. */
export const openJournal = (ledger: LedgerState): readonly JournalRecord[] => {
  const heads = new Map<string, JournalRecord>();
  for (const [id, record] of ledger.journal) {
    if (isLive(ledger.rows.get(recordKey('dismissal', dismissalId(id))))) continue;
    heads.set(record.type === 'lost' ? `lost ${record.key} ${record.group}` : id, record);
  }
  return [...heads.values()];
};
