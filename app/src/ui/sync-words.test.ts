import { describe, expect, it } from 'vitest';
import type { SyncStatus } from '../model/services.ts';
import { createFormat } from './format.ts';
import { syncWords } from './sync-words.ts';

const format = createFormat('en-GB');
const now = 1_763_640_000_000;
const idle: SyncStatus = {
  waiting: 0,
  phase: { type: 'idle' },
  backedUpAt: now - 120_000,
  cursor: 1,
  digest: '7f3a',
  restarts: 0,
  isWhole: true,
};
const textOf = (change: Partial<SyncStatus>) => syncWords({ ...idle, ...change }, now, format).text;

describe('the state line', () => {
  it('says when everything was backed up last', () => {
    expect(textOf({})).toMatch(/^Backed up, 2 min/);
  });

  it('says where what waits is', () => {
    const kept = '4 waiting, saved here';
    expect(textOf({ waiting: 4 })).toBe(kept);
    expect(textOf({ waiting: 4, phase: { type: 'offline' } })).toBe(kept);
    expect(textOf({ waiting: 4, phase: { type: 'waitingToRetry', why: { type: 'unreachable' }, retryAt: now } })).toBe(
      kept,
    );
  });

  it('promises no backup to who has no account', () => {
    expect(textOf({ phase: { type: 'localOnly' }, waiting: 12 })).toBe('Saved on this device');
  });

  it('says how far a long load is', () => {
    expect(textOf({ phase: { type: 'loading', done: 500, total: 2000 } })).toBe('Loading, 25%');
  });

  it('is bad only where the person has to act', () => {
    const blocked = { waiting: 1, phase: { type: 'blocked', why: { type: 'signInNeeded' } } } as const;
    expect(syncWords({ ...idle, ...blocked }, now, format)).toMatchObject({
      text: '1 change not backed up',
      isBad: true,
    });
    expect(syncWords({ ...idle, waiting: 1, phase: { type: 'offline' } }, now, format).isBad).toBe(false);
  });
});
