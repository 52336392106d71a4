import type { JournalRecord } from '../journal.ts';
import { packRow, unpackRow } from '../packed-row.ts';
import { hashText, xorHex } from '../protocol/hash.ts';
import type { SpaceId } from '../protocol/ids.ts';
import { canonicalJson } from '../protocol/json.ts';
import type { StateVector } from '../protocol/log-entry.ts';
import { emptyDigest, rowDigest } from '../row.ts';
import { parseSnapshotPart, type SnapshotPart } from '../snapshot-part.ts';
import type { History } from './archive.ts';
import { isVoid } from './epochs.ts';
import { type LedgerState, ledgerAt, openJournal } from './ledger-state.ts';
import type { BlobStore, SnapshotPointer, SpaceFacts, SpaceStore } from './ports.ts';
import { folderOf, type Manifest, manifestName, partName, readPart } from './snapshot-store.ts';

/** The newest, one before it should that be damaged, and one for each restore (L4). */
const snapshotsKept = 2;
const factsTriesMax = 8;

/**
 * [L1] Takes a snapshot at the last position divisible by `entriesPerSnapshot`, if there is none yet. Any number of
 * these may run at once, and be killed anywhere: what one writes is the same as what another does, and the pointer
 * moves only to a snapshot that was read back whole.
 */
export const takeSnapshot = async (history: History, space: SpaceId): Promise<SnapshotPointer | undefined> => {
  const tail = await history.log.tail(space);
  if (!tail || tail.entry.type === 'seal') return undefined;
  const facts = await history.spaces.facts(space);
  const seq = tail.entry.seq - (tail.entry.seq % history.settings.entriesPerSnapshot);
  if (seq <= (facts.snapshots[0]?.seq ?? 0)) return undefined;
  const at = await history.log.at(space, seq);
  if (!at) return undefined; // compacted meanwhile, below a snapshot that somebody else took
  const ledger = await ledgerAt(history, space, facts.snapshots, seq);
  return keepSnapshot(history, space, ledger, at.vector);
};

/** Writes a ledger as a snapshot, reads it back, and points to it. Nothing if a newer one is there already. */
export const keepSnapshot = async (
  { blobs, spaces, settings }: History,
  space: SpaceId,
  ledger: LedgerState,
  vector: StateVector,
): Promise<SnapshotPointer | undefined> => {
  const texts = partsOf(ledger, settings.recordsPerPart);
  for (const [index, { text }] of texts.entries()) await blobs.write(partName(space, ledger, index), text);
  const { epoch, seq, digest, epochs } = ledger;
  const parts = texts.map(({ text, records }) => ({ hash: hashText(text), records }));
  const manifest: Manifest = { epoch, seq, digest, epochs, vector, parts };
  await verify(blobs, space, manifest);
  const text = canonicalJson(manifest);
  await blobs.write(manifestName(space, ledger), text);
  const pointer: SnapshotPointer = { epoch, seq, hash: hashText(text), digest };
  return (await point(spaces, blobs, space, pointer)) ? pointer : undefined;
};

const partsOf = (ledger: LedgerState, recordsPerPart: number): readonly { text: string; records: number }[] => {
  const keys = [...ledger.rows.keys()].sort();
  const parts: SnapshotPart[] = [];
  for (let start = 0; start === 0 || start < keys.length; start += recordsPerPart) {
    const own = keys.slice(start, start + recordsPerPart);
    const isLast = start + recordsPerPart >= keys.length;
    const range = { after: keys[start - 1] ?? '', through: isLast ? '' : (own.at(-1) ?? '') };
    parts.push({ range, rows: own.flatMap((key) => ledger.rows.get(key) ?? []).map(packRow), journal: [] });
  }
  const journal: readonly JournalRecord[] = openJournal(ledger);
  for (let start = 0; start < journal.length; start += recordsPerPart) {
    parts.push({ rows: [], journal: journal.slice(start, start + recordsPerPart) });
  }
  return parts.map((part) => ({
    text: canonicalJson(part),
    records: part.rows.length + part.journal.length,
  }));
};

/** Reads every part back: its text, and that its rows have the digest of the fold. */
const verify = async (blobs: BlobStore, space: SpaceId, manifest: Manifest): Promise<void> => {
  let digest = emptyDigest;
  for (const [index, { hash }] of manifest.parts.entries()) {
    const text = await readPart(blobs, space, manifest, index, hash);
    const part = text === undefined ? undefined : parseSnapshotPart(text);
    if (!part?.ok) throw new Error(`part ${index} of the snapshot at ${manifest.seq} is not whole`);
    for (const packed of part.value.rows) digest = xorHex(digest, rowDigest(unpackRow(packed)));
  }
  if (digest !== manifest.digest) throw new Error(`the snapshot at ${manifest.seq} has another digest than the log`);
};

/** Moves the pointer forward, and removes the snapshots that it leaves behind. */
const point = async (
  spaces: SpaceStore,
  blobs: BlobStore,
  space: SpaceId,
  pointer: SnapshotPointer,
): Promise<boolean> => {
  for (let tries = 0; tries < factsTriesMax; tries++) {
    const facts = await spaces.facts(space);
    if (pointer.seq <= (facts.snapshots[0]?.seq ?? 0) || isVoid(pointer, facts.epochs)) return false;
    const [kept, dropped] = retain([pointer, ...facts.snapshots], facts);
    if (!(await spaces.putFacts(space, { ...facts, snapshots: kept }))) continue;
    for (const old of dropped) await blobs.remove(await blobs.names(folderOf(space, old)));
    return true;
  }
  return false;
};

const retain = (snapshots: readonly SnapshotPointer[], { epochs }: SpaceFacts) => {
  const openings = new Set(epochs.map(({ restoredHead }) => restoredHead + 1));
  const isKept = ({ seq }: SnapshotPointer, index: number): boolean => index < snapshotsKept || openings.has(seq);
  return [snapshots.filter(isKept), snapshots.filter((each, index) => !isKept(each, index))] as const;
};
