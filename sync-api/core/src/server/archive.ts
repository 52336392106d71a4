import { epochAt } from '../base-in-log.ts';
import type { SpaceId } from '../protocol/ids.ts';
import type { EpochMark, LogEntry, StoredEntry } from '../protocol/log-entry.ts';
import type {
  BlobReader,
  BlobStore,
  ChangeLog,
  FactsReader,
  FeedLog,
  FeedSpaces,
  LifecycleSettings,
  LogReader,
  SpaceStore,
} from './ports.ts';

/** [L3] A run of the log that left it; segment `n` of size `s` holds the positions `n * s + 1` to `n * s + s`. */
type Segment = { readonly entries: readonly { readonly entry: LogEntry; readonly sizeBytes: number }[] };

export type Bounds = { readonly entriesMax: number; readonly sizeBytesMax: number };

/** Where entries and snapshots are read from. */
export type ReadableHistory = {
  readonly log: LogReader;
  readonly blobs: BlobReader;
  readonly spaces: FactsReader;
  readonly settings: LifecycleSettings;
};

/** What a device's request reads, and appends to. */
export type Feed = ReadableHistory & {
  readonly log: FeedLog;
  readonly spaces: FeedSpaces;
};

/** What the lifecycle changes besides. */
export type History = Feed & {
  readonly log: ChangeLog;
  readonly blobs: BlobStore;
  readonly spaces: SpaceStore;
};

export const archivesOf = (space: SpaceId): string => `archives/${space}/`;

export const segmentOf = (seq: number, { entriesPerSegment }: LifecycleSettings): number =>
  Math.floor((seq - 1) / entriesPerSegment);

/** The epoch of its last entry is in the name: after a restore the same positions may be archived once more. */
const nameOf = (space: SpaceId, segment: number, epoch: number): string =>
  `${archivesOf(space)}${String(segment).padStart(8, '0')}-${epoch}`;

/** Where and in which epoch an archive ends, by its name. */
export const endOfArchive = (name: string, { entriesPerSegment }: LifecycleSettings): Place => {
  const [segment, epoch] = name.slice(name.lastIndexOf('/') + 1).split('-');
  return { epoch: Number(epoch), seq: (Number(segment) + 1) * entriesPerSegment };
};

type Place = { readonly epoch: number; readonly seq: number };

/** Rejects if what is read back is not what was written. */
export const writeSegment = async (
  blobs: BlobStore,
  space: SpaceId,
  segment: number,
  run: readonly StoredEntry[],
): Promise<void> => {
  const name = nameOf(space, segment, run.at(-1)?.entry.epoch ?? 1);
  const entries = run.map(({ entry, sizeBytes }) => ({ entry, sizeBytes }));
  const text = JSON.stringify({ entries } satisfies Segment);
  await blobs.write(name, text);
  if ((await blobs.read(name)) !== text) throw new Error(`archive segment ${segment} is not whole`);
};

/** Entries above `seq` from the one segment that holds the next; nothing where there is no such segment. */
const readSegment = async (
  blobs: BlobReader,
  space: SpaceId,
  seq: number,
  bounds: Bounds,
  settings: LifecycleSettings,
  epochs: readonly EpochMark[],
): Promise<readonly LogEntry[]> => {
  const segment = segmentOf(seq + 1, settings);
  const epoch = epochAt((segment + 1) * settings.entriesPerSegment, epochs);
  const text = await blobs.read(nameOf(space, segment, epoch));
  if (text === undefined) return [];
  const run: LogEntry[] = [];
  let bytes = 0;
  for (const { entry, sizeBytes } of (JSON.parse(text) as Segment).entries) {
    if (entry.seq <= seq) continue;
    bytes += sizeBytes;
    if (run.length >= bounds.entriesMax || (run.length > 0 && bytes > bounds.sizeBytesMax)) break;
    run.push(entry);
  }
  return run;
};

/**
 * [S5] The contiguous run after `seq`: from the log, and where that is compacted from the archives. Empty at the log's
 * end and before a hole.
 *
 * The floor is read after the log was found empty there, and rises before anything is removed, so that an entry is seen
 * in one place or the other.
 */
export const readRun = async (
  history: ReadableHistory,
  space: SpaceId,
  seq: number,
  bounds: Bounds,
  isConsistent: boolean,
): Promise<readonly LogEntry[]> => {
  const { log, blobs, spaces, settings } = history;
  const run = contiguous(await log.after(space, seq, { ...bounds, isConsistent }), seq);
  if (run.length > 0) return run;
  if (!isConsistent) return readRun(history, space, seq, bounds, true);
  const { floor, epochs } = await spaces.facts(space);
  return seq + 1 < floor ? readSegment(blobs, space, seq, bounds, settings, epochs) : [];
};

const contiguous = (stored: readonly StoredEntry[], seq: number): readonly LogEntry[] => {
  const run: LogEntry[] = [];
  for (const { entry } of stored) {
    if (entry.seq !== seq + run.length + 1) break;
    run.push(entry);
  }
  return run;
};
