import { openEntry } from '../fold.ts';
import { type Change, isChange } from '../protocol/change.ts';
import { type Identity, type RecordKey, recordKey, type SpaceId } from '../protocol/ids.ts';
import { limits } from '../protocol/limits.ts';
import { type ReadableHistory, readRun } from './archive.ts';

/** One change of a record, as the log has it. */
export type PastChange = {
  readonly seq: number;
  readonly epoch: number;
  /** The server's clock, milliseconds since 1970. */
  readonly receivedAt: number;
  readonly identity: Identity;
  readonly change: Change;
  /** The server flagged it: it changed nothing. */
  readonly isRejected: boolean;
};

/** `next`: where to go on reading from, null at the end. */
export type HistoryPage = { readonly changes: readonly PastChange[]; readonly next: number | null };

/** Answers read for one page: a long log is read in several requests, each within a function's time. */
const runsPerPage = 20;

/** [L3] What happened to one record after a position, oldest first, from archives and log. */
export const readHistory = async (
  history: ReadableHistory,
  space: SpaceId,
  key: RecordKey,
  after: number,
): Promise<HistoryPage> => {
  const changes: PastChange[] = [];
  const bounds = { entriesMax: limits.entriesPerAnswerMax, sizeBytesMax: limits.answerSizeBytesMax };
  let seq = after;
  for (let runs = 0; runs < runsPerPage; runs++) {
    const run = await readRun(history, space, seq, bounds, true);
    if (run.length === 0) return { changes, next: null };
    for (const entry of run) {
      if (entry.type !== 'changes' && entry.type !== 'server') continue;
      for (const each of openEntry(entry).changes) {
        const { change, identity } = each;
        if (!isChange(change) || recordKey(change.kind, change.id) !== key) continue;
        const { epoch, receivedAt } = entry;
        const isRejected = each.type === 'rejected';
        changes.push({ seq: entry.seq, epoch, receivedAt, identity, change, isRejected });
      }
    }
    seq = run.at(-1)?.seq ?? seq;
  }
  return { changes, next: seq };
};
