import { type SpaceId, recordKey } from '../protocol/ids.ts';
import type { EpochEntry, EpochMark } from '../protocol/log-entry.ts';
import { archivesOf, type History, segmentOf, segmentOfName } from './archive.ts';
import { isVoid, nextEpoch } from './epochs.ts';
import { type LedgerState, ledgerAt } from './ledger-state.ts';
import type { RowStore } from './ports.ts';
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
  const mark = await nextEpoch(history.blobs, space, tail.entry);
  const ledger = await forgetWhatWasLost(history, space, mark);
  await rebuildTables(rows, space, ledger);
  const opened: EpochEntry = { type: 'epoch', seq: mark.restoredHead + 1, receivedAt: now, ...mark };
  const appended = await history.log.append(space, opened, tail.vector);
  if (appended.type !== 'appended') throw new Error(`the epoch could not be opened: ${appended.type}`);
  const { seq, epoch } = opened;
  await keepSnapshot(history, space, { ...ledger, seq, epoch, epochs: [...ledger.epochs, mark] }, tail.vector);
  return mark;
};

/** Facts, snapshots and archives as they would be, had the log never gone beyond the cut. Gives the ledger there. */
const forgetWhatWasLost = async (history: History, space: SpaceId, mark: EpochMark): Promise<LedgerState> => {
  const { blobs, spaces, settings } = history;
  const facts = await spaces.facts(space);
  // The segment that holds the last position of the backup cannot have been archived before it, and what an epoch that
  // is left behind archived is no part of this log.
  const cut = Math.min(mark.restoredHead, ...(mark.abandoned ?? []).map(([, commonHead]) => commonHead));
  const openSegment = segmentOf(Math.max(1, cut), settings);
  const archives = await blobs.names(archivesOf(space));
  await blobs.remove(archives.filter((name) => segmentOfName(name) >= openSegment));
  const snapshots = facts.snapshots.filter((each) => !isVoid(each, [...facts.epochs, mark]));
  const ledger = await ledgerAt(history, space, snapshots, mark.restoredHead);
  const floor = Math.min(facts.floor, openSegment * settings.entriesPerSegment + 1);
  const next = { ...facts, epochs: [...ledger.epochs, mark], snapshots, floor };
  if (!(await spaces.putFacts(space, next))) throw new Error('something else is writing: stop all functions first');
  const kept = snapshots.map((each) => folderOf(space, each));
  const snapshotNames = await blobs.names(snapshotsOf(space));
  await blobs.remove(snapshotNames.filter((name) => !kept.some((folder) => name.startsWith(folder))));
  return ledger;
};

/** [M1] Rows that the tables do not hold are taken by the store and forgotten. */
const rebuildTables = async (rows: RowStore, space: SpaceId, ledger: LedgerState): Promise<void> => {
  await rows.removeAll(space, [...ledger.rows.keys()]);
  for (const row of ledger.rows.values()) {
    const isWritten = await rows.putRow(space, row, 0);
    if (!isWritten) throw new Error(`${recordKey(row.kind, row.id)} was written meanwhile: stop all functions first`);
  }
  await rows.advance(space, ledger.seq);
};
