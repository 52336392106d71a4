import { unpackRow } from '../packed-row.ts';
import { hashText, xorHex } from '../protocol/hash.ts';
import { recordKey } from '../protocol/ids.ts';
import type { Reset, SyncAnswer, SyncRequest } from '../protocol/messages.ts';
import { emptyDigest, type Row, rowDigest } from '../row.ts';
import { parseSnapshotPart, type SnapshotPart } from '../snapshot-part.ts';
import type { ApplyOptions } from './answer-fold.ts';
import { isAnswerTo, waitingOf } from './asked.ts';
import type { ExchangeOutcome } from './exchange.ts';
import { keptThroughNow } from './kept-through.ts';
import { overlay } from './overlay.ts';
import type {
  Bootstrap,
  ClientReads,
  ClientStore,
  ClientWrites,
  OutboxItem,
  RecordState,
  RecordWrite,
  ReplicaMeta,
} from './ports.ts';
import { lostItem } from './lost-items.ts';
import { pendingByKey, pendingOf, stateOf } from './record-acts.ts';
import { restamp } from './restamp.ts';

/** [L2] The one part of a snapshot without parts: a ledger in which there is nothing. */
export const emptyPart = JSON.stringify({ range: { after: '', through: '' }, rows: [], journal: [] });

const nothing: Reset = { epoch: 1, seq: 0, digest: emptyDigest, epochs: [], parts: [], known: null };

/**
 * [L2] [L4] [L5] Begins to replace the confirmed rows by a snapshot, or asks for entries instead.
 *
 * A snapshot hides the entries below it, so it is taken only by a replica whose every change down there was confirmed; any
 * other reads the entries. A ledger that a restore cut off, or that diverged, is replaced in any case, under a new
 * identity: what was confirmed above the cut waits again, before the outbox, and is searched for in what follows.
 */
export const adoptReset = (
  store: ClientStore,
  request: SyncRequest,
  answer: SyncAnswer,
  reset: Reset,
  options: ApplyOptions,
): Promise<ExchangeOutcome> =>
  store.transact<ExchangeOutcome>(async (reads) => {
    const meta = await reads.meta();
    if (!isAnswerTo(meta, request)) return { result: { type: 'discarded' } };
    const writes = await adopt(reads, meta, answer, reset, options);
    return { writes, result: progress(writes.meta) };
  });

const adopt = async (
  reads: ClientReads,
  meta: ReplicaMeta,
  answer: SyncAnswer,
  reset: Reset,
  options: ApplyOptions,
): Promise<ClientWrites> => {
  if (reset.voidAbove !== undefined)
    return rewind(reads, meta, answer.head, { ...reset, voidAbove: reset.voidAbove }, options);
  const isWhole = (reset.known?.last ?? 0) === meta.confirmedNumber && !meta.reidentify;
  const isOwnChain = !reset.known || reset.known.hash === meta.confirmedChain;
  const hasAll = isWhole && isOwnChain && reset.seq > meta.cursor;
  return { meta: hasAll ? begun(meta, reset) : { ...meta, entriesUpTo: answer.head } };
};

const begun = (meta: ReplicaMeta, reset: Reset): ReplicaMeta => ({
  ...meta,
  bootstrap: { reset, next: 0, digest: emptyDigest },
});

/** Everything that waits is stamped anew under the identity to come, what was confirmed above the cut first. */
const rewind = async (
  reads: ClientReads,
  meta: ReplicaMeta,
  head: number,
  reset: Reset & { readonly voidAbove: number },
  options: ApplyOptions,
): Promise<ClientWrites> => {
  const kept = await reads.keptAbove(reset.voidAbove);
  const waiting = await reads.outboxFrom(meta.confirmedNumber + 1, Number.POSITIVE_INFINITY);
  const replica = options.newReplica;
  const lost = kept.flatMap(lostItem);
  const stamped = restamp({ ...meta, reidentify: { replica, target: head } }, [...lost, ...waiting]);
  const { checkpoint: _, ...rest } = stamped.meta;
  const through = keptThroughNow(meta);
  return {
    meta: begun(
      {
        ...rest,
        reidentify: { replica, target: head },
        keptThrough: { ...through, seq: Math.min(through.seq, reset.voidAbove) },
      },
      reset,
    ),
    records: await pendingRecords(reads, [...lost, ...waiting], stamped.items),
    outboxDelete: waiting.map((item) => item.first),
    outboxPut: stamped.items,
    keepDelete: kept.map(({ epoch, seq }) => ({ epoch, seq })),
  };
};

/** Every record that waited or waits now, with its changes in the order of the new outbox. */
const pendingRecords = async (
  reads: ClientReads,
  before: readonly OutboxItem[],
  after: readonly OutboxItem[],
): Promise<readonly RecordWrite[]> => {
  const keys = before.flatMap((item) => item.changes.map((change) => recordKey(change.kind, change.id)));
  const states = await reads.records([...new Set(keys)]);
  const pending = pendingByKey(after);
  return [...states].map(([key, state]) => {
    const own = pending.get(key) ?? [];
    const shown = overlay(state.confirmed, own);
    return { key, before: state, after: { ...state, pending: own.map(({ number }) => number), shown } };
  });
};

/** [L2] Puts one part in place: all records between its keys, in one transaction with how far the snapshot is loaded. */
export const applyPart = (store: ClientStore, expected: Bootstrap, text: string): Promise<ExchangeOutcome> =>
  store.transact<ExchangeOutcome>(async (reads) => {
    const meta = await reads.meta();
    if (!isStill(meta.bootstrap, expected)) return { result: { type: 'discarded' } };
    const part = parseSnapshotPart(text);
    const hash = meta.bootstrap.reset.parts[expected.next]?.hash;
    const isWhole = part.ok && (hash === undefined || hashText(text) === hash);
    const rows = isWhole ? part.value.rows.map(unpackRow) : [];
    const digest = rows.reduce((sum, row) => xorHex(sum, rowDigest(row)), meta.bootstrap.digest);
    const next = expected.next + 1;
    const isLast = next >= expected.reset.parts.length;
    if (!isWhole || (isLast && digest !== expected.reset.digest)) {
      const given = givenUp(meta, expected);
      return { writes: { meta: given }, result: progress(given) };
    }
    const writes: ClientWrites = {
      meta: isLast ? finished(meta, expected.reset) : { ...meta, bootstrap: { ...expected, next, digest } },
      records: await replaced(reads, part.value, rows),
      journal: part.value.journal,
    };
    return { writes, result: progress(writes.meta) };
  });

const isStill = (now: Bootstrap | undefined, { reset, next }: Bootstrap): now is Bootstrap =>
  now !== undefined && now.reset.seq === reset.seq && now.reset.epoch === reset.epoch && now.next === next;

/** What a push was refused for in an older epoch may lie above a cut, where nothing comes any more [D8] [L4]. */
const finished = (meta: ReplicaMeta, reset: Reset): ReplicaMeta => ({
  ...(reset.epoch === meta.epoch ? withoutBootstrap(meta) : withoutRefusal(withoutBootstrap(meta))),
  cursor: reset.seq,
  epoch: reset.epoch,
  epochs: reset.epochs,
  digest: reset.digest,
});

const replaced = async (
  reads: ClientReads,
  { range }: SnapshotPart,
  rows: readonly Row[],
): Promise<readonly RecordWrite[]> => {
  if (!range) return [];
  const states = new Map(await reads.recordsBetween(range.after, range.through));
  const confirmed = new Map(rows.map((row) => [recordKey(row.kind, row.id), row]));
  const pending = await pendingOf(reads, states);
  return [...new Set([...states.keys(), ...confirmed.keys()])].map((key) => {
    const before = stateOf(states, key);
    const row = confirmed.get(key);
    const after: RecordState = { ...before, confirmed: row, shown: overlay(row, pending.get(key) ?? []) };
    return { key, before, after };
  });
};

/** [L2] The snapshot is not there any more, or damaged: asking for the same again would never end. */
export const giveUpSnapshot = (store: ClientStore, expected: Bootstrap): Promise<ExchangeOutcome> =>
  store.transact<ExchangeOutcome>(async (reads) => {
    const meta = await reads.meta();
    if (!isStill(meta.bootstrap, expected)) return { result: { type: 'discarded' } };
    const given = givenUp(meta, expected);
    return { writes: { meta: given }, result: progress(given) };
  });

/**
 * Nothing was replaced yet: as before. Else the rows are of two positions, and all begins from nothing. An older snapshot
 * may do; after a second damaged one only entries will, up to the newer of the two.
 */
const givenUp = (meta: ReplicaMeta, { reset, next }: Bootstrap): ReplicaMeta => {
  const later = { ...meta, avoid: reset.seq };
  const { avoid } = meta;
  const given =
    avoid === undefined ? later : { ...later, entriesUpTo: Math.max(meta.entriesUpTo ?? 0, avoid, reset.seq) };
  return next === 0 ? withoutBootstrap(given) : begun({ ...given, keptThrough: keptThroughNow(meta) }, nothing);
};

const withoutBootstrap = (meta: ReplicaMeta): ReplicaMeta => {
  const { bootstrap: _, ...rest } = meta;
  return rest;
};

const withoutRefusal = (meta: ReplicaMeta): ReplicaMeta => {
  const { pullFirst: _, ...rest } = meta;
  return rest;
};

const progress = (meta: ReplicaMeta): ExchangeOutcome => ({
  type: 'progress',
  waiting: waitingOf(meta),
  more: true,
  moved: true,
  ...(meta.bootstrap ? { loading: loadingOf(meta.bootstrap) } : {}),
});

const loadingOf = ({ reset, next }: Bootstrap) => ({
  done: reset.parts.slice(0, next).reduce((sum, { records }) => sum + records, 0),
  total: reset.parts.reduce((sum, { records }) => sum + records, 0),
});
