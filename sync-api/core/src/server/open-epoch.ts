import { type SpaceId, recordKey } from '../protocol/ids.ts';
import type { EpochEntry, EpochMark, StateVector } from '../protocol/log-entry.ts';
import { archivesOf, type History, segmentOf, segmentOfName } from './archive.ts';
import { isVoid } from './epochs.ts';
import { type LedgerState, ledgerAt } from './ledger-state.ts';
import type { RowStore } from './ports.ts';
import { folderOf, snapshotsOf } from './snapshot-store.ts';
import { keepSnapshot } from './take-snapshot.ts';

/**
 * [L4] Opens a new epoch of a space whose tables were restored from a backup. All functions must stand still meanwhile.
 * May be killed anywhere and run again.
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
  const isOpened = tail.entry.type === 'epoch';
  const opened: EpochEntry =
    tail.entry.type === 'epoch'
      ? tail.entry
      : {
          type: 'epoch',
          seq: tail.entry.seq + 1,
          epoch: tail.entry.epoch + 1,
          receivedAt: now,
          restoredHead: tail.entry.seq,
        };
  const mark: EpochMark = { epoch: opened.epoch, restoredHead: opened.restoredHead };
  const facts = await forgetWhatWasLost(history, space, mark);
  const ledger = await ledgerAt(history, space, facts.snapshots, mark.restoredHead);
  await rebuildTables(rows, space, ledger);
  if (!isOpened) {
    const appended = await history.log.append(space, opened, tail.vector);
    if (appended.type !== 'appended') throw new Error(`the epoch could not be opened: ${appended.type}`);
  }
  await keepOpening(history, space, ledger, opened, tail.vector);
  return mark;
};

/** Facts, snapshots and archives as they would be, had the log never gone beyond `restoredHead`. */
const forgetWhatWasLost = async ({ blobs, spaces, settings }: History, space: SpaceId, mark: EpochMark) => {
  const facts = await spaces.facts(space);
  const epochs = [...facts.epochs.filter(({ epoch }) => epoch < mark.epoch), mark];
  const snapshots = facts.snapshots.filter((each) => !isVoid(each, epochs));
  // The segment that holds the last position of the backup cannot have been archived before it.
  const openSegment = segmentOf(Math.max(1, mark.restoredHead), settings);
  const floor = Math.min(facts.floor, openSegment * settings.entriesPerSegment + 1);
  const next = { ...facts, epochs, snapshots, floor };
  if (!(await spaces.putFacts(space, next))) throw new Error('something else is writing: stop all functions first');
  const archives = await blobs.names(archivesOf(space));
  await blobs.remove(archives.filter((name) => segmentOfName(name) >= openSegment));
  const kept = snapshots.map((each) => folderOf(space, each));
  const snapshotNames = await blobs.names(snapshotsOf(space));
  await blobs.remove(snapshotNames.filter((name) => !kept.some((folder) => name.startsWith(folder))));
  return { ...next, version: next.version + 1 };
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

const keepOpening = (
  history: History,
  space: SpaceId,
  ledger: LedgerState,
  { seq, epoch, restoredHead }: EpochEntry,
  vector: StateVector,
) => {
  const epochs = [...ledger.epochs, { epoch, restoredHead }];
  return keepSnapshot(history, space, { ...ledger, seq, epoch, epochs }, vector);
};
