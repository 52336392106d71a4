import { describe, expect, it } from 'vitest';
import { createWatchdog } from './create-watchdog.ts';

/** A watchdog whose minutes pass when the test says so. */
const createKennel = () => {
  const state = { nowMs: 0, waiting: 1, isOnline: true, needsPerson: false, restarts: 0 };
  let ring: (() => void) | undefined;
  const watchdog = createWatchdog({
    waiting: () => state.waiting,
    needsPerson: () => state.needsPerson,
    isOnline: () => state.isOnline,
    now: () => state.nowMs,
    schedule: (_delayMs, run) => {
      ring = run;
      return () => (ring = undefined);
    },
    restart: () => (state.restarts += 1),
  });
  const pass = (minutes: number): void => {
    for (let minute = 0; minute < minutes; minute += 1) {
      state.nowMs += 60_000;
      ring?.();
    }
  };
  return { state, pass, watchdog };
};

describe('[70] the watchdog', () => {
  it('restarts sync once a change has waited for ten minutes, and again after ten more', () => {
    const { state, pass } = createKennel();
    pass(9);
    expect(state.restarts).toBe(0);
    pass(1);
    expect(state.restarts).toBe(1);
    pass(10);
    expect(state.restarts).toBe(2);
  });

  it('leaves sync alone while changes are confirmed, however many come', () => {
    const { state, pass } = createKennel();
    for (let step = 0; step < 6; step += 1) {
      state.waiting += 5;
      pass(4);
      state.waiting -= 4;
      pass(4);
    }
    expect(state.restarts).toBe(0);
  });

  it('restarts it though new changes join those that wait', () => {
    const { state, pass } = createKennel();
    for (let minute = 0; minute < 10; minute += 1) {
      state.waiting += 1;
      pass(1);
    }
    expect(state.restarts).toBe(1);
  });

  it('waits ten minutes from when the device comes online, or the person signs in', () => {
    const { state, pass } = createKennel();
    state.isOnline = false;
    pass(60);
    state.isOnline = true;
    state.needsPerson = true;
    pass(60);
    state.needsPerson = false;
    pass(9);
    expect(state.restarts).toBe(0);
    pass(1);
    expect(state.restarts).toBe(1);
  });

  it('has nothing to do while nothing waits, and gives the next change its ten minutes', () => {
    const { state, pass } = createKennel();
    state.waiting = 0;
    pass(60);
    state.waiting = 1;
    pass(10);
    expect(state.restarts).toBe(0);
    pass(1);
    expect(state.restarts).toBe(1);
  });

  it('stopped, it looks no more', () => {
    const { state, pass, watchdog } = createKennel();
    watchdog.stop();
    pass(60);
    expect(state.restarts).toBe(0);
  });
});
