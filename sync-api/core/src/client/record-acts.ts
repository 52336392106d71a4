import {
  type Change,
  chainHash,
  changeSizeBytes,
  checkChange,
  deletedGroup,
  identityOf,
  type RejectionReason,
  type Write,
} from '../protocol/change.ts';
import { type RecordId, type RecordKey, recordKey } from '../protocol/ids.ts';
import type { Json } from '../protocol/json.ts';
import { limits } from '../protocol/limits.ts';
import { fail, ok, type Result } from '../protocol/result.ts';
import { isDeleted, type Row } from '../row.ts';
import { type Sight, sightOf } from './basis.ts';
import { overlay, type PendingChange } from './overlay.ts';
import type {
  ClaimProgress,
  ClientReads,
  ClientStore,
  OutboxItem,
  RecordState,
  RecordWrite,
  ReplicaMeta,
} from './ports.ts';

/**
 * Something a person or a program does to one record; `at` where it happened at another time than the call says, and
 * `sight` where the author looked earlier than the call: a form that was open while another device's value came in.
 */
export type Act = ActOn & { readonly at?: number; readonly sight?: Sight };

type ActOn =
  /** Create or edit: the groups that were typed. `restore` brings a deleted row back with them. */
  | {
      readonly type: 'set';
      readonly kind: string;
      readonly id: RecordId;
      readonly values: Readonly<Record<string, Json>>;
      readonly restore?: true;
    }
  | {
      readonly type: 'generate';
      readonly kind: string;
      readonly id: RecordId;
      readonly values: Readonly<Record<string, Json>>;
    }
  | { readonly type: 'delete'; readonly kind: string; readonly id: RecordId };

export type ActError =
  | { readonly type: 'invalid'; readonly index: number; readonly reason: RejectionReason }
  | { readonly type: 'tooMany'; readonly actsMax: number }
  | { readonly type: 'sealed' };

export type RecordActsOptions = {
  /** The author's clock, milliseconds since 1970, read once when the person acted. */
  readonly at: number;
  /** Judges a change before it is queued; the protocol's own check unless a test plays a broken program. */
  readonly check?: typeof checkChange;
  /** Set while a local ledger is copied: bases are 0, and the progress commits with the chunk [D9]. */
  readonly claim?: ClaimProgress;
};

export type Recorded = { readonly first: number; readonly last: number } | null;

/**
 * Commits what a person did: rows, outbox and numbers in one transaction [D1]. Resolves when it is durable; the acts of
 * one call travel together. An act that the server would flag is refused here, and nothing of the call is written.
 */
export const recordActs = (
  store: ClientStore,
  acts: readonly Act[],
  options: RecordActsOptions,
): Promise<Result<Recorded, ActError>> =>
  store.transact<Result<Recorded, ActError>>(async (reads) => {
    if (acts.length > limits.changesPerPushMax) {
      return { result: fail({ type: 'tooMany', actsMax: limits.changesPerPushMax } as const) };
    }
    // Asked for together: a store that answers over a border takes as long for both as for one.
    const keys = [...new Set(acts.map((act) => recordKey(act.kind, act.id)))];
    const [meta, states] = await Promise.all([reads.meta(), reads.records(keys)]);
    if (meta.sealed) return { result: fail({ type: 'sealed' } as const) };
    const pending = await pendingOf(reads, states);
    const batch = stampActs(meta, acts, states, pending, options);
    if (!batch.ok) return { result: batch };
    if (!batch.value.item && !options.claim) return { result: ok(null) };
    const { item, records } = batch.value;
    const nextMeta = options.claim ? { ...batch.value.nextMeta, claim: options.claim } : batch.value.nextMeta;
    return {
      writes: { meta: nextMeta, records, outboxPut: item ? [item] : [] },
      result: ok(item ? { first: item.first, last: item.last } : null),
    };
  });

/** A record as it stands on the screen now, with the sight that a later act on it should carry. */
export const look = (
  store: ClientStore,
  key: RecordKey,
): Promise<{ readonly shown: Row | undefined; readonly sight: Sight }> =>
  store.transact(async (reads) => {
    const meta = await reads.meta();
    const states = await reads.records([key]);
    const pending = await pendingOf(reads, states);
    const state = stateOf(states, key);
    return { result: { shown: state.shown, sight: sightOf(state, pending.get(key) ?? [], meta) } };
  });

/** Pending changes of each record, read from the outbox by their numbers. */
export const pendingOf = async (
  reads: ClientReads,
  states: ReadonlyMap<RecordKey, RecordState>,
): Promise<Map<RecordKey, PendingChange[]>> => {
  const items = new Map<number, OutboxItem>();
  const found = new Map<RecordKey, PendingChange[]>();
  for (const [key, state] of states) {
    const changes: PendingChange[] = [];
    for (const number of state.pending) {
      const item = items.get(number) ?? (await reads.outboxFrom(number, 1))[0];
      if (!item || number < item.first || number > item.last)
        throw new Error(`pending change ${number} is not in the outbox`);
      for (let n = item.first; n <= item.last; n++) items.set(n, item);
      changes.push(pendingAt(item, number));
    }
    found.set(key, changes);
  }
  return found;
};

/** Every change of these items, by the record it is of, oldest first. */
export const pendingByKey = (items: readonly OutboxItem[]): ReadonlyMap<RecordKey, readonly PendingChange[]> => {
  const pending = new Map<RecordKey, PendingChange[]>();
  for (const item of items) {
    for (let number = item.first; number <= item.last; number++) {
      const each = pendingAt(item, number);
      const key = recordKey(each.change.kind, each.change.id);
      const own = pending.get(key);
      if (own) own.push(each);
      else pending.set(key, [each]);
    }
  }
  return pending;
};

export const pendingAt = (item: OutboxItem, number: number): PendingChange => ({
  number,
  change: item.changes[number - item.first] as Change,
  identity: item.identities[number - item.first] as string,
  claimed: item.claimed === true,
});

type Stamped = { readonly item?: OutboxItem; readonly records: readonly RecordWrite[]; readonly nextMeta: ReplicaMeta };

const stampActs = (
  meta: ReplicaMeta,
  acts: readonly Act[],
  states: ReadonlyMap<RecordKey, RecordState>,
  pending: Map<RecordKey, PendingChange[]>,
  options: RecordActsOptions,
): Result<Stamped, ActError> => {
  const after = new Map<RecordKey, RecordState>();
  const changes: Change[] = [];
  const identities: string[] = [];
  let hash = meta.chain;
  for (const [index, act] of acts.entries()) {
    const key = recordKey(act.kind, act.id);
    const state = after.get(key) ?? stateOf(states, key);
    const own = pending.get(key) ?? [];
    const change = changeFor(act, state, own, meta, options);
    if (!change) continue;
    const reason = (options.check ?? checkChange)(change, changeSizeBytes(change));
    if (reason) return fail({ type: 'invalid', index, reason });
    const number = meta.nextNumber + changes.length;
    hash = chainHash(hash, change);
    const identity = identityOf(meta.replica, number, hash);
    const pendingChange: PendingChange = { number, change, identity, claimed: options.claim !== undefined };
    own.push(pendingChange);
    pending.set(key, own);
    after.set(key, { ...state, pending: [...state.pending, number], shown: overlay(state.shown, [pendingChange]) });
    changes.push(change);
    identities.push(identity);
  }
  const records = [...after].map(([key, state]) => ({ key, before: stateOf(states, key), after: state }));
  if (changes.length === 0) return ok({ records, nextMeta: meta });
  const last = meta.nextNumber + changes.length - 1;
  const item: OutboxItem = {
    first: meta.nextNumber,
    last,
    previous: meta.chain,
    hash,
    changes,
    identities,
    at: options.at,
    ...(options.claim ? { claimed: true } : {}),
  };
  return ok({ item, records, nextMeta: { ...meta, nextNumber: last + 1, chain: hash } });
};

const nothing: RecordState = { confirmed: undefined, pending: [], shown: undefined };
export const stateOf = (states: ReadonlyMap<RecordKey, RecordState>, key: RecordKey): RecordState =>
  states.get(key) ?? nothing;

/** The change an act makes, or nothing where there is nothing to do. */
const changeFor = (
  act: Act,
  state: RecordState,
  pending: readonly PendingChange[],
  meta: ReplicaMeta,
  options: RecordActsOptions,
): Change | undefined => {
  const sight = options.claim ? { epoch: meta.epoch, bases: {} } : (act.sight ?? sightOf(state, pending, meta));
  const { kind, id } = act;
  // In the order of the canonical text, which is then written several times as fast.
  const common = { at: act.at ?? options.at, ...(sight.epoch === 1 ? {} : { epoch: sight.epoch }), id, kind };
  if (act.type === 'delete') {
    if (!options.claim && (!state.shown || isDeleted(state.shown))) return undefined;
    return { ...common, op: 'delete', see: sight.bases };
  }
  const values = Object.entries(act.values).sort(([a], [b]) => (a < b ? -1 : 1));
  if (act.type === 'generate') {
    if (!options.claim && state.shown) return undefined;
    return { ...common, op: 'generate', set: Object.fromEntries(values.map(([group, value]) => [group, [value]])) };
  }
  const set: Record<string, Write> = {};
  for (const [group, value] of act.restore ? [...values, [deletedGroup, false] as const] : values) {
    const [base, over] = sight.bases[group] ?? [0];
    set[group] = over === undefined ? (base === 0 ? [value] : [value, base]) : [value, base, over];
  }
  return { ...common, set };
};
