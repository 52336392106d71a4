import { describe, expect, it } from 'vitest';
import type { SyncStatus } from '../../model/services.ts';
import { createFormat } from '../../ui/format.ts';
import { syncClaim } from './sync-claim.ts';

const now = 1_763_640_000_000;
const status = (change: Partial<SyncStatus>): SyncStatus => ({
  waiting: 0,
  phase: { type: 'idle' },
  backedUpAt: now - 60_000,
  cursor: 1,
  digest: '',
  restarts: 0,
  isWhole: true,
  ...change,
});
const claim = (change: Partial<SyncStatus>) => syncClaim(status(change), now, createFormat('en-GB'));

describe('the sync screen', () => {
  it('offers an account to who has none, and says that none is needed', () => {
    expect(claim({ phase: { type: 'localOnly' } })).toMatchObject({ action: 'signIn' });
    expect(claim({ phase: { type: 'localOnly' } }).why).toContain('enough');
  });

  it('says how many changes wait and why', () => {
    const failed = claim({ waiting: 3, phase: { type: 'waitingToRetry', why: { type: 'unreachable' }, retryAt: now } });
    expect(failed.claim).toBe('3 changes wait');
    expect(failed.why).toContain('safe on this device');
    expect(failed.action).toBe('tryNow');
  });

  it('names what to do where trying again does not help', () => {
    expect(claim({ phase: { type: 'blocked', why: { type: 'signInNeeded' } } }).action).toBe('signIn');
    expect(claim({ phase: { type: 'blocked', why: { type: 'upgradeNeeded' } } }).action).toBe('reload');
  });

  it('shows progress while sending', () => {
    expect(claim({ waiting: 806, phase: { type: 'syncing', done: 120, total: 806 } }).why).toMatch(/^120 of 806/);
  });

  it('does not call an empty book backed up', () => {
    expect(claim({ backedUpAt: null }).claim).toBe('Nothing to back up yet');
    expect(claim({ backedUpAt: null, phase: { type: 'offline' } }).claim).toBe('Nothing to back up yet');
  });
});
