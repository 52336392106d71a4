import { type SpaceId, recordKey } from '../protocol/ids.ts';
import type { EpochEntry, EpochMark } from '../protocol/log-entry.ts';
import { archivesOf, endOfArchive, type History } from './archive.ts';
import { isVoid, restoresAfter } from './epochs.ts';
import { type LedgerState, ledgerAt } from './ledger-state.ts';
import { listedDigest } from './listed.ts';
import { nothingApplied, type RowStore } from './ports.ts';
import { folderOf, snapshotsOf } from './snapshot-store.ts';
import { keepSnapshot } from './take-snapshot.ts';

/**
 * [L4] Opens a new epoch of a space whose tables were restored from a backup. All functions must stand still meanwhile.
 * Killed anywhere it may be run again, at the price of one epoch more.
 *
 * Drops the archives and snapshots of what was lost, builds the tables anew, and appends the entry that tells devices
 * where the log was cut, with a snapshot right there. Returns the mark; nothing for a log that is empty or sealed.
 */
export const openEpoch = async (
  history: History,
  rows: RowStore,
  space: SpaceId,
  now: number,
): Promise<EpochMark | undefined> => {
  const tail = await history.log.tail(space);
  if (!tail || tail.entry.type === 'seal') return undefined;
  const epochs = await restoresAfter(history.blobs, space, tail.entry);
  const mark = epochs[epochs.length - 1] as EpochMark;
  await forgetWhatWasLost(history, space, epochs);
  const { snapshots } = await history.spaces.facts(space);
  const ledger = await ledgerAt(history, space, snapshots, mark.restoredHead);
  await rebuildTables(rows, space, ledger);
  const opened: EpochEntry = { type: 'epoch', seq: mark.restoredHead + 1, receivedAt: now, ...mark };
  const appended = await history.log.append(space, opened, tail.vector);
  if (appended.type !== 'appended') throw new Error(`the epoch could not be opened: ${appended.type}`);
  await keepSnapshot(history, space, { ...ledger, seq: opened.seq, epoch: opened.epoch, epochs }, tail.vector);
  return mark;
};

/** Facts, snapshots and archives as they would be, had the log never gone beyond its cuts. */
const forgetWhatWasLost = async (history: History, space: SpaceId, epochs: readonly EpochMark[]): Promise<void> => {
  const { blobs, spaces, settings } = history;
  const facts = await spaces.facts(space);
  const snapshots = facts.snapshots.filter((each) => !isVoid(each, epochs));
  const floor = await floorOf(history, space);
  const next = { ...facts, epochs, snapshots, floor };
  if (!(await spaces.putFacts(space, next))) throw new Error('something else is writing: stop all functions first');
  // What is kept of a replica may be of a later day than the log: its next push would pass for sent before [S6].
  await spaces.forgetRetired(space, (epochs[epochs.length - 1] as EpochMark).restoredHead);
  const archives = await blobs.names(archivesOf(space));
  await blobs.remove(archives.filter((name) => isVoid(endOfArchive(name, settings), epochs)));
  const kept = snapshots.map((each) => folderOf(space, each));
  const snapshotNames = await blobs.names(snapshotsOf(space));
  await blobs.remove(snapshotNames.filter((name) => !kept.some((folder) => name.startsWith(folder))));
};

/** The first position that the restored log holds with its whole segment; those before it were archived by then. */
const floorOf = async ({ log, settings }: History, space: SpaceId): Promise<number> => {
  const first = (await log.after(space, 0, { entriesMax: 1, sizeBytesMax: 1, isConsistent: true }))[0]?.entry.seq ?? 1;
  return Math.ceil((first - 1) / settings.entriesPerSegment) * settings.entriesPerSegment + 1;
};

/** [M1] Rows that the tables do not hold are taken by the store and forgotten. */
const rebuildTables = async (rows: RowStore, space: SpaceId, ledger: LedgerState): Promise<void> => {
  await rows.removeAll(space, [...ledger.rows.keys()]);
  for (const row of ledger.rows.values()) {
    const isWritten = await rows.putRow(space, row, 0);
    if (!isWritten) throw new Error(`${recordKey(row.kind, row.id)} was written meanwhile: stop all functions first`);
  }
  const to = { seq: ledger.seq, digest: listedDigest(ledger.rows.values()) };
  if (!(await rows.advance(space, nothingApplied, to)))
    throw new Error('the tables were folded meanwhile: stop all functions first');
};
