import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type RefusalType, refusals } from '../protocol/errors.ts';
import { limits } from '../protocol/limits.ts';
import type { ExchangeOutcome, TransportResult } from './exchange.ts';
import { backoffMs, initialSyncState, step, type SyncEvent, type SyncState } from './step.ts';

const wake: SyncEvent = { type: 'wake' };
const progress = (more: boolean, moved = true): ExchangeOutcome => ({ type: 'progress', waiting: 0, more, moved });
const refused = (type: RefusalType, delayMs?: number): ExchangeOutcome => ({
  type: 'failed',
  result: { type: 'refused', refusal: { type, message: '', ...(delayMs === undefined ? {} : { delayMs }) } },
});
const failed = (type: Exclude<TransportResult['type'], 'answer' | 'refused'>): ExchangeOutcome => ({
  type: 'failed',
  result: { type },
});
const came = (outcome: ExchangeOutcome, chance = 0.5): SyncEvent => ({ type: 'exchanged', outcome, chance });
const exchanging = step(initialSyncState, wake).state;
const after = (...outcomes: readonly ExchangeOutcome[]) =>
  outcomes.reduce((before, outcome) => step(before.state, came(outcome)), step(initialSyncState, wake));

describe('waking', () => {
  it('starts a round when idle, waiting or blocked', () => {
    for (const state of [initialSyncState, after(failed('unreachable')).state, after(refused('sealed')).state]) {
      const next = step(state, wake);
      expect(next.state.phase).toEqual({ type: 'exchanging' });
      expect(next.effects).toEqual([{ type: 'exchange', changesMax: limits.changesPerPushMax }]);
    }
  });

  it('while a round is under way asks for one more, however often it comes', () => {
    let state = exchanging;
    for (let i = 0; i < 5; i++) {
      const next = step(state, wake);
      expect(next.effects).toEqual([]);
      state = next.state;
    }
    const once = step(state, came(progress(false)));
    expect(once.effects).toEqual([{ type: 'exchange', changesMax: limits.changesPerPushMax }]);
    expect(step(once.state, came(progress(false))).effects).toEqual([]);
  });
});

describe('a round that went through', () => {
  it('rests when nothing is left', () => {
    expect(after(progress(false))).toMatchObject({ state: { phase: { type: 'idle' }, failures: 0 }, effects: [] });
  });

  it('goes on at once while there is more, or when another tab was faster', () => {
    for (const outcome of [progress(true), { type: 'discarded' } as const]) {
      expect(after(outcome)).toMatchObject({
        state: { phase: { type: 'exchanging' } },
        effects: [{ type: 'exchange' }],
      });
    }
  });

  it('[S5] that brought nothing though there is more waits, and longer each time: no hot loop', () => {
    const one = after(progress(true, false));
    expect(one.state.phase).toMatchObject({ type: 'waiting', problem: { type: 'serverBusy' }, delayMs: 750 });
    expect(one.effects).toEqual([{ type: 'wakeAfter', delayMs: 750 }]);
    const two = step(step(one.state, wake).state, came(progress(true, false)));
    expect(two.effects).toEqual([{ type: 'wakeAfter', delayMs: 1500 }]);
  });

  it('ends a row of failures', () => {
    const { state } = after(failed('unreachable'), failed('unreachable'), progress(false));
    expect(state).toMatchObject({ failures: 0, refreshed: false, phase: { type: 'idle' } });
  });
});

describe('a round that failed', () => {
  it.each([
    [failed('unreachable'), { type: 'unreachable' }],
    [failed('notTheServer'), { type: 'notTheServer' }],
    [refused('throttled'), { type: 'serverBusy' }],
    [refused('busy'), { type: 'serverBusy' }],
    [refused('internal'), { type: 'serverBusy' }],
    [{ type: 'corrupt' } as const, { type: 'refused', why: 'corrupt answer' }],
  ])('[P9] %j is tried again by itself', (outcome, problem) => {
    const { state, effects } = after(outcome);
    expect(state.phase).toEqual({ type: 'waiting', problem, delayMs: 750 });
    expect(effects).toEqual([{ type: 'wakeAfter', delayMs: 750 }]);
    expect(state.failures).toBe(1);
  });

  it.each([
    [failed('signInNeeded'), { type: 'signInNeeded' }],
    [refused('sealed'), { type: 'accountDeleted' }],
    [refused('wrongSpace'), { type: 'wrongAccount' }],
    [refused('upgrade'), { type: 'upgradeNeeded' }],
    [refused('badRequest'), { type: 'refused', why: 'badRequest' }],
  ])('[P9] %j stands still until something changes', (outcome, problem) => {
    const { state, effects } = after(outcome);
    expect(state.phase).toEqual({ type: 'blocked', problem });
    expect(effects).toEqual([]);
  });

  it('[P9] every refusal leads somewhere: a retry, a new token, fewer changes or a stop', () => {
    for (const type of Object.keys(refusals) as RefusalType[]) {
      const { state, effects } = after(refused(type));
      expect(state.phase.type === 'blocked' || effects.length === 1, type).toBe(true);
    }
  });

  it('[P9] a delay that the server names is kept at least', () => {
    expect(after(refused('throttled', 60_000)).effects).toEqual([{ type: 'wakeAfter', delayMs: 60_000 }]);
    expect(after(refused('busy', 1)).effects).toEqual([{ type: 'wakeAfter', delayMs: 750 }]);
  });

  it('a wish for one more round is met by the retry, not by a round at once', () => {
    const { state } = step(exchanging, wake);
    const next = step(state, came(failed('unreachable')));
    expect(next.state.again).toBe(false);
    expect(next.effects).toEqual([{ type: 'wakeAfter', delayMs: 750 }]);
  });
});

describe('an expired token', () => {
  it('[D7] is refreshed once, then the person is asked to sign in', () => {
    const first = after(refused('unauthorized'));
    expect(first.effects).toEqual([{ type: 'refreshThenExchange', changesMax: limits.changesPerPushMax }]);
    const second = step(first.state, came(refused('unauthorized')));
    expect(second.state.phase).toEqual({ type: 'blocked', problem: { type: 'signInNeeded' } });
    expect(second.effects).toEqual([]);
  });

  it('[D7] may be refreshed again after an outage, however long', () => {
    const outage = after(refused('unauthorized'), failed('unreachable')).state;
    const again = step(step(outage, wake).state, came(refused('unauthorized')));
    expect(again.effects).toMatchObject([{ type: 'refreshThenExchange' }]);
  });

  it('[D7] may be refreshed again after a success, or when the person tries again', () => {
    const success = after(refused('unauthorized'), progress(false)).state;
    expect(step(step(success, wake).state, came(refused('unauthorized'))).effects).toMatchObject([
      { type: 'refreshThenExchange' },
    ]);
    const blocked = after(refused('unauthorized'), refused('unauthorized')).state;
    expect(step(step(blocked, wake).state, came(refused('unauthorized'))).effects).toMatchObject([
      { type: 'refreshThenExchange' },
    ]);
  });
});

describe('a push that is too large', () => {
  it('[P7] is halved until it fits, then grows again', () => {
    const sizes: number[] = [];
    let now = step(initialSyncState, wake);
    for (let i = 0; i < 3; i++) {
      now = step(now.state, came(refused('tooLarge')));
      sizes.push(now.state.changesMax);
      expect(now.effects).toEqual([{ type: 'exchange', changesMax: now.state.changesMax }]);
    }
    now = step(now.state, came(progress(true)));
    expect([...sizes, now.state.changesMax]).toEqual([500, 250, 125, 250]);
  });

  it('[P7] of a single change stands still: halving ends after ten rounds', () => {
    let now = step(initialSyncState, wake);
    let rounds = 0;
    while (now.effects.length > 0 && rounds < 50) {
      now = step(now.state, came(refused('tooLarge')));
      rounds += 1;
    }
    expect(rounds).toBe(11);
    expect(now.state.phase).toEqual({ type: 'blocked', problem: { type: 'refused', why: 'tooLarge' } });
  });
});

describe('back-off', () => {
  it('doubles from a second to five minutes, and chance takes away at most half', () => {
    expect([0, 1, 2, 8, 9, 500].map((failures) => backoffMs(failures, 0))).toEqual([
      500, 1000, 2000, 128_000, 150_000, 150_000,
    ]);
    expect(backoffMs(0, 0.999)).toBe(1000);
    expect(backoffMs(500, 0.999)).toBeLessThanOrEqual(300_000);
  });

  it('never shrinks with more failures at the same chance', () => {
    fc.assert(
      fc.property(fc.nat(60), fc.double({ min: 0, max: 0.999, noNaN: true }), (failures, chance) => {
        expect(backoffMs(failures + 1, chance)).toBeGreaterThanOrEqual(backoffMs(failures, chance));
      }),
    );
  });
});

describe('any row of events', () => {
  const outcomes: readonly ExchangeOutcome[] = [
    ...(Object.keys(refusals) as RefusalType[]).map((type) => refused(type)),
    ...(['unreachable', 'notTheServer', 'signInNeeded'] as const).map(failed),
    progress(true),
    progress(false),
    progress(true, false),
    { type: 'discarded' },
    { type: 'corrupt' },
  ];

  it('keeps at most one round and one timer going, and is never stuck: waiting has a timer, idle and blocked a wake', () => {
    const events = fc.array(fc.oneof(fc.constant(null), fc.constantFrom(...outcomes)), { maxLength: 40 });
    fc.assert(
      fc.property(events, (drawn) => {
        let state: SyncState = initialSyncState;
        for (const outcome of drawn) {
          if (outcome !== null && state.phase.type !== 'exchanging') continue;
          const next = step(state, outcome === null ? wake : came(outcome));
          expect(next.effects.length).toBeLessThanOrEqual(1);
          const [effect] = next.effects;
          if (state.phase.type === 'exchanging' && outcome === null) expect(effect).toBeUndefined();
          else if (next.state.phase.type === 'exchanging') expect(effect?.type).toMatch(/xchange$/);
          else expect(effect?.type).toBe(next.state.phase.type === 'waiting' ? 'wakeAfter' : undefined);
          expect(next.state.changesMax).toBeGreaterThanOrEqual(1);
          expect(next.state.changesMax).toBeLessThanOrEqual(limits.changesPerPushMax);
          state = next.state;
        }
      }),
    );
  });
});
