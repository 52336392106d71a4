import type { Refusal } from '../protocol/errors.ts';
import type { SyncAnswer, SyncRequest } from '../protocol/messages.ts';
import { protocolVersion, schemaVersion } from '../protocol/version.ts';
import { applyAnswer } from './apply-answer.ts';
import type { ClientReads, ClientStore, ReplicaMeta } from './ports.ts';

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

export type Transport = { send(request: SyncRequest): Promise<TransportResult> };

export type ExchangeOutcome =
  /**
   * `waiting` changes are still to be confirmed; `more`: there is something left to push or pull. `moved` is false when
   * this round brought nothing, as behind a hole in the log: the next one waits a little.
   */
  | { readonly type: 'progress'; readonly waiting: number; readonly more: boolean; readonly moved: boolean }
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
};

/** One round with the server: push what waits, pull what is new, fold it. Never throws for what a network does. */
export const exchange = async (
  store: ClientStore,
  transport: Transport,
  options: ExchangeOptions,
): Promise<ExchangeOutcome> => {
  const request = await prepareRequest(store, options.changesMax);
  const result = await transport.send(request);
  if (result.type !== 'answer') return { type: 'failed', result };
  return applyAnswer(store, request, result.answer, options);
};

/** The request that this replica's state asks for. Reads only. */
export const prepareRequest = (store: ClientStore, changesMax: number): Promise<SyncRequest> =>
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
    };
    return { result: request };
  });

/** [D8] Nothing is pushed while a refusal or a new identity first asks for the log. */
const pushOf = async (reads: ClientReads, meta: ReplicaMeta, changesMax: number): Promise<SyncRequest['push']> => {
  if (meta.reidentify || (meta.pullFirst ?? 0) > meta.cursor) return undefined;
  const first = meta.confirmedNumber + 1;
  const items = await reads.outboxFrom(first, changesMax);
  const changes = items.flatMap((item) => item.changes.slice(Math.max(0, first - item.first))).slice(0, changesMax);
  return changes.length === 0 ? undefined : { first, previous: meta.confirmedChain, changes };
};
