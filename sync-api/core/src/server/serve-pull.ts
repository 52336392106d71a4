import type { ReplicaId, SpaceId } from '../protocol/ids.ts';
import { limits } from '../protocol/limits.ts';
import type { LogEntry, StoredEntry } from '../protocol/log-entry.ts';
import type { WireEntry } from '../protocol/messages.ts';
import { type ReadableHistory, readRun } from './archive.ts';

export type Pull = { readonly entries: readonly WireEntry[]; readonly more: boolean };

/**
 * [S5] The contiguous run of entries after `cursor`, as far as one answer may carry, from the archives where the log is
 * compacted. A hole ends the run: what follows it is served once the hole is readable.
 */
export const servePull = async (
  history: ReadableHistory,
  space: SpaceId,
  replica: ReplicaId,
  cursor: number,
  tail: StoredEntry | undefined,
): Promise<Pull> => {
  const head = tail?.entry.seq ?? 0;
  if (cursor >= head) return { entries: [], more: false };
  const bounds = { entriesMax: limits.entriesPerAnswerMax, sizeBytesMax: limits.answerSizeBytesMax };
  const run = await readRun(history, space, cursor, bounds, false);
  const last = run.at(-1)?.seq ?? cursor;
  return { entries: run.map((entry) => toWire(entry, replica)), more: last < head };
};

/** [P6] What the asker pushed itself comes back as a stub; its own outbox has the content. */
export const toWire = (entry: LogEntry, asker: ReplicaId): WireEntry => {
  if (entry.type !== 'changes') return { ...entry } as WireEntry;
  const rejected = entry.rejected.map(([number, reason]): [number, { type: string }] => [number, { ...reason }]);
  if (entry.replica !== asker) return { ...entry, changes: [...entry.changes], rejected };
  const { seq, epoch, receivedAt, first, hash } = entry;
  return { type: 'own', seq, epoch, receivedAt, first, last: first + entry.changes.length - 1, hash, rejected };
};
