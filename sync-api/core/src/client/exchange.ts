import type { Refusal } from '../protocol/errors.ts';
import type { PartRequest, SyncAnswer, SyncRequest } from '../protocol/messages.ts';
import type { SpaceId } from '../protocol/ids.ts';
import { protocolVersion, schemaVersion } from '../protocol/version.ts';
import { applyAnswer } from './apply-answer.ts';
import { applyPart, emptyPart, giveUpSnapshot } from './bootstrap.ts';
import type { Bootstrap, ClientReads, ClientStore, ReplicaMeta } from './ports.ts';

/** What became of a request on its way. Transport errors are translated into these by the adapter. */
export type TransportResult =
  /** A 200, or a 409 with its pull. */
  | { readonly type: 'answer'; readonly answer: SyncAnswer }
  | { readonly type: 'refused'; readonly refusal: Refusal }
  | { readonly type: 'unreachable' }
  /** Something else than the server answered: a captive portal, a proxy's error page. */
  | { readonly type: 'notTheServer' }
  /** No token, and none can be had without the person. */
  | { readonly type: 'signInNeeded' };

/** What became of the request for a part of a snapshot. */
export type PartResult =
  | { readonly type: 'part'; readonly text: string }
  | Exclude<TransportResult, { type: 'answer' }>;

export type Transport = {
  send(request: SyncRequest): Promise<TransportResult>;
  part(request: PartRequest): Promise<PartResult>;
};

export type ExchangeOutcome =
  /**
   * `waiting` changes are still to be confirmed; `more`: there is something left to push or pull. `moved` is false when
   * this round brought nothing, as behind a hole in the log: the next one waits a little. `loading`: how far a long
   * load is, in records of a snapshot or in positions of the log.
   */
  | {
      readonly type: 'progress';
      readonly waiting: number;
      readonly more: boolean;
      readonly moved: boolean;
      readonly loading?: { readonly done: number; readonly total: number };
    }
  /** Another tab or an earlier answer moved on meanwhile; nothing was written [D3]. */
  | { readonly type: 'discarded' }
  | { readonly type: 'failed'; readonly result: Exclude<TransportResult, { type: 'answer' }> }
  /** The answer contradicts itself: an entry's chain does not end in its hash. */
  | { readonly type: 'corrupt' };

export type ExchangeOptions = {
  /** At most so many changes are pushed; fewer after a `tooLarge`. */
  readonly changesMax: number;
  /** A fresh random replica id, used only if this profile turns out to be a clone [D8]. */
  readonly newReplica: string;
  /** This device's clock, milliseconds since 1970. */
  readonly now: number;
  /** Entries between two checkpoints; the protocol's unless a test plays a small world. */
  readonly checkpointEvery?: number;
};

/** One round with the server: push what waits, pull what is new, fold it. Never throws for what a network does. */
export const exchange = async (
  store: ClientStore,
  transport: Transport,
  options: ExchangeOptions,
): Promise<ExchangeOutcome> => {
  const { request, bootstrap } = await prepare(store, options.changesMax);
  if (bootstrap) return loadPart(store, transport, request.space, bootstrap);
  const result = await transport.send(request);
  if (result.type !== 'answer') return { type: 'failed', result };
  return applyAnswer(store, request, result.answer, options);
};

/** [L2] One part a round: screens stay alive, and a crash repeats one part. */
const loadPart = async (
  store: ClientStore,
  transport: Transport,
  space: SpaceId,
  bootstrap: Bootstrap,
): Promise<ExchangeOutcome> => {
  const { reset, next } = bootstrap;
  if (reset.parts.length === 0) return applyPart(store, bootstrap, emptyPart);
  const { epoch, seq } = reset;
  const result = await transport.part({ protocol: protocolVersion, space, epoch, seq, part: next });
  if (result.type === 'part') return applyPart(store, bootstrap, result.text);
  if (result.type === 'refused' && result.refusal.type === 'gone') return giveUpSnapshot(store, bootstrap);
  return { type: 'failed', result };
};

/** The request that this replica's state asks for. Reads only. */
export const prepareRequest = async (store: ClientStore, changesMax: number): Promise<SyncRequest> =>
  (await prepare(store, changesMax)).request;

const prepare = (
  store: ClientStore,
  changesMax: number,
): Promise<{ readonly request: SyncRequest; readonly bootstrap: Bootstrap | undefined }> =>
  store.transact(async (reads) => {
    const meta = await reads.meta();
    const push = await pushOf(reads, meta, changesMax);
    const request: SyncRequest = {
      protocol: protocolVersion,
      schema: schemaVersion,
      space: meta.space,
      replica: meta.reidentify?.replica ?? meta.replica,
      epoch: meta.epoch,
      cursor: meta.cursor,
      digest: meta.digest,
      ...(push ? { push } : {}),
      ...(meta.checkpoint ? { checkpoint: meta.checkpoint } : {}),
      ...(meta.reidentify || (meta.entriesUpTo ?? 0) > meta.cursor ? { want: 'entries' as const } : {}),
      ...(meta.avoid === undefined ? {} : { avoid: meta.avoid }),
    };
    return { result: { request, bootstrap: meta.bootstrap } };
  });

/** [D8] Nothing is pushed while a refusal or a new identity first asks for the log. */
const pushOf = async (reads: ClientReads, meta: ReplicaMeta, changesMax: number): Promise<SyncRequest['push']> => {
  if (meta.reidentify || meta.bootstrap || (meta.pullFirst ?? 0) > meta.cursor) return undefined;
  const first = meta.confirmedNumber + 1;
  const items = await reads.outboxFrom(first, changesMax);
  const changes = items.flatMap((item) => item.changes.slice(Math.max(0, first - item.first))).slice(0, changesMax);
  return changes.length === 0 ? undefined : { first, previous: meta.confirmedChain, changes };
};
