import type { SpaceId } from '../protocol/ids.ts';
import type { LogEntry, StoredEntry } from '../protocol/log-entry.ts';
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

const nameOf = (space: SpaceId, segment: number): string => `${archivesOf(space)}${String(segment).padStart(8, '0')}`;

/** The segment in an archive's name, for those that a restore makes void. */
export const segmentOfName = (name: string): number => Number(name.slice(name.lastIndexOf('/') + 1));

/** Rejects if what is read back is not what was written. */
export const writeSegment = async (
  blobs: BlobStore,
  space: SpaceId,
  segment: number,
  run: readonly StoredEntry[],
): Promise<void> => {
  const entries = run.map(({ entry, sizeBytes }) => ({ entry, sizeBytes }));
  const text = JSON.stringify({ entries } satisfies Segment);
  await blobs.write(nameOf(space, segment), text);
  if ((await blobs.read(nameOf(space, segment))) !== text) throw new Error(`archive segment ${segment} is not whole`);
};

/** Entries above `seq` from the one segment that holds the next; nothing where there is no such segment. */
const readSegment = async (
  blobs: BlobReader,
  space: SpaceId,
  seq: number,
  bounds: Bounds,
  settings: LifecycleSettings,
): Promise<readonly LogEntry[]> => {
  const text = await blobs.read(nameOf(space, segmentOf(seq + 1, settings)));
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
  const { floor } = await spaces.facts(space);
  return seq + 1 < floor ? readSegment(blobs, space, seq, bounds, settings) : [];
};

const contiguous = (stored: readonly StoredEntry[], seq: number): readonly LogEntry[] => {
  const run: LogEntry[] = [];
  for (const { entry } of stored) {
    if (entry.seq !== seq + run.length + 1) break;
    run.push(entry);
  }
  return run;
};
