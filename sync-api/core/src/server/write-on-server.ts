import type { Change } from '../protocol/change.ts';
import { type Identity, type RecordKey, recordKey, type SpaceId } from '../protocol/ids.ts';
import { limits } from '../protocol/limits.ts';
import type { ServerEntry, StoredEntry } from '../protocol/log-entry.ts';
import { fail, ok, type Result } from '../protocol/result.ts';
import { type History, readRun } from './archive.ts';
import { keptHead } from '../base-in-log.ts';
import { ledgerAt } from './ledger-state.ts';
import type { OpenWrite } from './ports.ts';

export type ServerWrite = {
  /** UUID version 5 of the caller's token and idempotency key. */
  readonly id: Identity;
  /** One record's; its bases count in its own `epoch`, the one that the caller read in. */
  readonly change: Change;
  /** [F10] What the caller read of the record: its position, 0 for none, in that epoch. Absent: whatever it is. */
  readonly ifMatch?: { readonly epoch: number; readonly seq: number };
};

export type ServerWriteError =
  | { readonly type: 'sealed' }
  /** The record is another than the caller read: read it again. */
  | { readonly type: 'changed'; readonly epoch: number; readonly seq: number }
  /** Whether it was written is not known; ask again with the same id. */
  | { readonly type: 'busy' };

/**
 * [F10] One write of the server's own, once however often it is asked for. It is looked for in every entry since its
 * first try before it is put, and again whenever another entry took its place.
 */
export const writeOnServer = async (
  history: History,
  space: SpaceId,
  write: ServerWrite,
  now: number,
): Promise<Result<{ readonly seq: number }, ServerWriteError>> => {
  let tail = await history.log.tail(space);
  if (tail?.entry.type === 'seal') return fail({ type: 'sealed' });
  const first = { head: tail?.entry.seq ?? 0, epoch: tail?.entry.epoch ?? 1 };
  const opened = await history.spaces.openWrite(space, write.id, first);
  if (opened.seq !== undefined) return ok({ seq: opened.seq });
  let searched = await searchFrom(history, space, opened, first.epoch);
  for (let tries = 0; tries < limits.appendTriesMax; tries++) {
    if (tail?.entry.type === 'seal') return fail({ type: 'sealed' });
    const head = tail?.entry.seq ?? 0;
    const found = await findWrite(history, space, write.id, searched, head);
    if (found === 'hole') return fail({ type: 'busy' });
    if (found !== undefined) return closed(history, space, write.id, found);
    searched = head;
    const refusal = await refuse(history, space, write, tail);
    if (refusal) return fail(refusal);
    const appended = await history.log.append(space, entryFor(write, tail, now), tail?.vector ?? {});
    if (appended.type === 'appended') return closed(history, space, write.id, head + 1);
    if (appended.type === 'throttled' || appended.type === 'tooLarge') return fail({ type: 'busy' });
    tail = await history.log.tail(space);
  }
  return fail({ type: 'busy' });
};

/** A restore may have cut the log below where the search began. */
const searchFrom = async (history: History, space: SpaceId, opened: OpenWrite, epoch: number): Promise<number> => {
  if (opened.epoch === epoch) return opened.head;
  const { epochs } = await history.spaces.facts(space);
  return Math.min(opened.head, keptHead(opened.epoch, epochs));
};

const closed = async (history: History, space: SpaceId, id: Identity, seq: number) => {
  await history.spaces.closeWrite(space, id, seq);
  return ok({ seq });
};

const findWrite = async (
  history: History,
  space: SpaceId,
  id: Identity,
  after: number,
  head: number,
): Promise<number | 'hole' | undefined> => {
  const bounds = { entriesMax: limits.entriesPerAnswerMax, sizeBytesMax: limits.answerSizeBytesMax };
  for (let seq = after; seq < head; ) {
    const run = await readRun(history, space, seq, bounds, true);
    if (run.length === 0) return 'hole';
    const found = run.find((entry) => entry.type === 'server' && entry.id === id && entry.seq <= head);
    if (found) return found.seq;
    seq += run.length;
  }
  return undefined;
};

const refuse = async (
  history: History,
  space: SpaceId,
  { change, ifMatch }: ServerWrite,
  tail: StoredEntry | undefined,
): Promise<ServerWriteError | undefined> => {
  if (!ifMatch) return undefined;
  const epoch = tail?.entry.epoch ?? 1;
  const seq = await positionOf(history, space, recordKey(change.kind, change.id), tail?.entry.seq ?? 0);
  const isSame = ifMatch.seq === seq && (seq === 0 || ifMatch.epoch === epoch);
  return isSame ? undefined : { type: 'changed', epoch, seq };
};

/** The record's position at exactly that tail; 0 for none. */
const positionOf = async (history: History, space: SpaceId, key: RecordKey, head: number): Promise<number> => {
  const { snapshots } = await history.spaces.facts(space);
  const ledger = await ledgerAt(history, space, snapshots, head);
  return ledger.rows.get(key)?.seq ?? 0;
};

const entryFor = ({ id, change }: ServerWrite, tail: StoredEntry | undefined, now: number): ServerEntry => {
  const epoch = tail?.entry.epoch ?? 1;
  const seq = (tail?.entry.seq ?? 0) + 1;
  return { type: 'server', seq, epoch, receivedAt: now, id, changes: [change] };
};
