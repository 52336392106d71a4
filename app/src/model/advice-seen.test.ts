import { advise } from '@fintrack/advisor-core';
import { fail, ok } from '@fintrack/sync-core/protocol';
import { describe, expect, it } from 'vitest';
import { adviceSeen } from './advice-seen.ts';

const advice = advise({ entries: [], asOf: '2026-11-20' });
const asked = { ledger: 'grace 2', isWhole: true, own: undefined, server: undefined, retry: () => undefined };

describe('the advice that is seen', () => {
  it("is this device's, of the ledger that is open", () => {
    expect(adviceSeen({ ...asked, own: ok({ ledger: 'grace 2', advice }) })).toEqual({ type: 'here', advice });
  });

  it('is none while the answer is about another ledger', () => {
    expect(adviceSeen({ ...asked, own: ok({ ledger: 'ada 1', advice }) })).toEqual({ type: 'working' });
  });

  it("is the server's while not all of the ledger is on this device, whatever keeps it", () => {
    const loading = { ...asked, isWhole: false, own: ok({ ledger: 'grace 2', advice }) };
    expect(adviceSeen(loading)).toEqual({ type: 'working' });
    expect(adviceSeen({ ...loading, server: fail({ type: 'unreachable' }) })).toEqual({ type: 'notYet' });
    expect(adviceSeen({ ...loading, server: ok(advice) })).toEqual({ type: 'onServer', advice });
  });

  it('is none before it is known whether all of the ledger is here', () => {
    const unknown = { ...asked, isWhole: undefined, own: ok({ ledger: 'grace 2', advice }), server: ok(advice) };
    expect(adviceSeen(unknown)).toEqual({ type: 'working' });
  });

  it('is a failure that can be tried again', () => {
    const error = { type: 'closed' } as const;
    expect(adviceSeen({ ...asked, own: fail(error) })).toEqual({ type: 'failed', error, retry: asked.retry });
  });
});
