import type { SpaceId } from '../protocol/ids.ts';
import type { StoredEntry } from '../protocol/log-entry.ts';
import { type History, segmentOf, writeSegment } from './archive.ts';
import type { RowStore, SpaceFacts } from './ports.ts';

/**
 * [L3] Moves whole segments of the log to the archives: only below a verified snapshot and `applied`, and only entries
 * older than three function timeouts, since a slow function may still write at a position that was just freed. The
 * archive is written and read back, then the floor rises, then the items go. May be killed anywhere and run again.
 *
 * Returns the floor.
 */
export const compact = async (history: History, rows: RowStore, space: SpaceId, now: number): Promise<number> => {
  const { log, blobs, spaces, settings } = history;
  const tail = await log.tail(space);
  if (!tail || tail.entry.type === 'seal') return 1;
  const facts = await spaces.facts(space);
  const applied = await rows.applied(space);
  const last = Math.min(facts.snapshots[0]?.seq ?? 0, applied.seq, tail.entry.seq - 1);
  const oldEnough = now - 3 * settings.functionTimeoutMs;
  let floor = facts.floor;
  while (floor + settings.entriesPerSegment - 1 <= last) {
    const run = await segmentAt(history, space, floor);
    if (!run || run.some(({ entry }) => entry.receivedAt > oldEnough)) break;
    await writeSegment(blobs, space, segmentOf(floor, settings), run);
    floor += settings.entriesPerSegment;
  }
  if (floor > facts.floor && !(await raise(history, space, facts, floor))) return facts.floor;
  const first = (await log.after(space, 0, { entriesMax: 1, sizeBytesMax: 1, isConsistent: true }))[0]?.entry.seq;
  if (first !== undefined && first < floor) await log.remove(space, first, floor - 1);
  return floor;
};

/** Nothing if the log does not hold the whole segment. */
const segmentAt = async (
  { log, settings }: History,
  space: SpaceId,
  first: number,
): Promise<readonly StoredEntry[] | undefined> => {
  const run: StoredEntry[] = [];
  while (run.length < settings.entriesPerSegment) {
    const entriesMax = settings.entriesPerSegment - run.length;
    const bounds = { entriesMax, sizeBytesMax: Number.POSITIVE_INFINITY, isConsistent: true };
    const more = await log.after(space, first - 1 + run.length, bounds);
    if (more.length === 0) return undefined;
    run.push(...more);
  }
  return run.every(({ entry }, index) => entry.seq === first + index) ? run : undefined;
};

/** False if the facts changed meanwhile; the next run decides anew. */
const raise = ({ spaces }: History, space: SpaceId, facts: SpaceFacts, floor: number): Promise<boolean> =>
  spaces.putFacts(space, { ...facts, floor });
