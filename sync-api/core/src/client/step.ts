import { limits } from '../protocol/limits.ts';
import { refusals } from '../protocol/errors.ts';
import type { ExchangeOutcome, TransportResult } from './exchange.ts';

/** Why sync stands still, for the person: `blocked` until something changes, or retried by itself. */
export type SyncProblem =
  | { readonly type: 'unreachable' }
  | { readonly type: 'notTheServer' }
  | { readonly type: 'signInNeeded' }
  | { readonly type: 'upgradeNeeded' }
  | { readonly type: 'accountDeleted' }
  | { readonly type: 'wrongAccount' }
  | { readonly type: 'serverBusy' }
  | { readonly type: 'refused'; readonly why: string };

/** What the syncer is doing. Plain data: the app and the simulator run the same machine. */
export type SyncState = {
  readonly phase:
    | { readonly type: 'idle' }
    | { readonly type: 'exchanging' }
    | { readonly type: 'waiting'; readonly problem: SyncProblem; readonly delayMs: number }
    | { readonly type: 'blocked'; readonly problem: SyncProblem };
  /** Failures in a row. */
  readonly failures: number;
  /** Something asked for another round while one was under way. */
  readonly again: boolean;
  /** The token was refreshed since the last success. */
  readonly refreshed: boolean;
  readonly changesMax: number;
};

export type SyncEvent =
  /** A change was saved, the network or the page came back, the person asked, or a timer rang. */
  | { readonly type: 'wake' }
  /** `chance` is a draw from [0, 1), for the jitter of the next delay. */
  | { readonly type: 'exchanged'; readonly outcome: ExchangeOutcome; readonly chance: number };

export type SyncEffect =
  | { readonly type: 'exchange'; readonly changesMax: number }
  /** Get a new token, then exchange. */
  | { readonly type: 'refreshThenExchange'; readonly changesMax: number }
  | { readonly type: 'wakeAfter'; readonly delayMs: number };

export const initialSyncState: SyncState = {
  phase: { type: 'idle' },
  failures: 0,
  again: false,
  refreshed: false,
  changesMax: limits.changesPerPushMax,
};

type Step = { readonly state: SyncState; readonly effects: readonly SyncEffect[] };

/** The sync loop as a pure machine: what to do next, given what happened. */
export const step = (state: SyncState, event: SyncEvent): Step => {
  if (event.type === 'exchanged') return exchanged(state, event.outcome, event.chance);
  if (state.phase.type === 'exchanging') return { state: { ...state, again: true }, effects: [] };
  return start(state);
};

const start = (state: SyncState): Step => ({
  state: { ...state, phase: { type: 'exchanging' }, again: false },
  effects: [{ type: 'exchange', changesMax: state.changesMax }],
});

const exchanged = (state: SyncState, outcome: ExchangeOutcome, chance: number): Step => {
  if (outcome.type === 'failed') return failed(state, outcome.result, chance);
  if (outcome.type === 'corrupt') return retry(state, { type: 'refused', why: 'corrupt answer' }, chance);
  const calm: SyncState = {
    ...state,
    phase: { type: 'idle' },
    failures: 0,
    refreshed: false,
    changesMax: Math.min(limits.changesPerPushMax, state.changesMax * 2),
  };
  if (outcome.type === 'progress' && outcome.more && !outcome.moved)
    return retry(state, { type: 'serverBusy' }, chance);
  const goesOn = outcome.type === 'discarded' || outcome.more || state.again;
  return goesOn ? start(calm) : { state: calm, effects: [] };
};

const failed = (state: SyncState, result: Exclude<TransportResult, { type: 'answer' }>, chance: number): Step => {
  if (result.type === 'unreachable' || result.type === 'notTheServer')
    return retry(state, { type: result.type }, chance);
  if (result.type === 'signInNeeded') return block(state, { type: 'signInNeeded' });
  const { refusal } = result;
  if (refusal.type === 'unauthorized') return unauthorized(state);
  if (refusal.type === 'tooLarge' && state.changesMax > 1)
    return start({ ...state, changesMax: Math.ceil(state.changesMax / 2) });
  if (refusal.type === 'sealed') return block(state, { type: 'accountDeleted' });
  if (refusal.type === 'wrongSpace') return block(state, { type: 'wrongAccount' });
  if (refusals[refusal.type].retry === 'afterUpgrade') return block(state, { type: 'upgradeNeeded' });
  if (refusals[refusal.type].retry === 'never') return block(state, { type: 'refused', why: refusal.type });
  return retry(state, { type: 'serverBusy' }, chance, refusal.delayMs);
};

/** A token is refreshed once; refused again, the person has to sign in. The ledger stays open [D7]. */
const unauthorized = (state: SyncState): Step =>
  state.refreshed
    ? block(state, { type: 'signInNeeded' })
    : {
        state: { ...state, phase: { type: 'exchanging' }, refreshed: true },
        effects: [{ type: 'refreshThenExchange', changesMax: state.changesMax }],
      };

const block = (state: SyncState, problem: SyncProblem): Step => ({
  state: {
    ...state,
    phase: { type: 'blocked', problem },
    failures: state.failures + 1,
    again: false,
    refreshed: false,
  },
  effects: [],
});

const retry = (state: SyncState, problem: SyncProblem, chance: number, atLeastMs = 0): Step => {
  const delayMs = Math.max(atLeastMs, backoffMs(state.failures, chance));
  return {
    state: {
      ...state,
      phase: { type: 'waiting', problem, delayMs },
      failures: state.failures + 1,
      again: false,
      refreshed: false,
    },
    effects: [{ type: 'wakeAfter', delayMs }],
  };
};

const firstDelayMs = 1000;
const delayMsMax = 300_000;

/** Exponential back-off with full jitter, never under half: 0.5 to 1 s after the first failure, 5 minutes at most. */
export const backoffMs = (failures: number, chance: number): number => {
  const ceiling = Math.min(delayMsMax, firstDelayMs * 2 ** Math.min(failures, 20));
  return Math.round(ceiling * (0.5 + chance / 2));
};
