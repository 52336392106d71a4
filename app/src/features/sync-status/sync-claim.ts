import type { SyncStatus } from '../../model/services.ts';
import type { Format } from '../../ui/format.ts';
import { failureSentence } from '../../ui/failure-sentence.ts';
import { words } from './words.ts';

export type SyncAction = 'tryNow' | 'signIn' | 'reload' | 'none';
export type SyncClaim = { readonly claim: string; readonly why: string; readonly action: SyncAction };

/** The one sentence that the screen is about, why it is so, and what can be done. */
export const syncClaim = (status: SyncStatus, now: number, format: Format): SyncClaim => {
  const { phase, waiting, backedUpAt } = status;
  const waits = words.waiting(waiting, format.count(waiting));
  switch (phase.type) {
    case 'localOnly':
      return { claim: words.localOnly, why: words.localOnlyWhy, action: 'signIn' };
    case 'idle':
    case 'offline':
      if (waiting > 0)
        return {
          claim: waits,
          why: phase.type === 'idle' ? words.waitingOnline : words.waitingOffline,
          action: 'tryNow',
        };
      return backedUpAt === null
        ? { claim: words.nothingYet, why: '', action: 'tryNow' }
        : { claim: words.allBackedUp, why: words.allBackedUpWhy(format.ago(backedUpAt, now)), action: 'tryNow' };
    case 'syncing':
      return phase.total > 0
        ? {
            claim: words.syncing,
            why: words.syncingOf(format.count(phase.done), format.count(phase.total)),
            action: 'none',
          }
        : { claim: words.checking, why: '', action: 'none' };
    case 'loading':
      return { claim: words.loading, why: words.loadingWhy(format.percent(phase.done / phase.total)), action: 'none' };
    case 'waitingToRetry': {
      const next = words.nextTry(format.instant(phase.retryAt));
      return {
        claim: waiting > 0 ? waits : words.notBackedUp,
        why: `${failureSentence(phase.why)} ${next}`,
        action: 'tryNow',
      };
    }
    case 'blocked':
      return {
        claim: waiting > 0 ? waits : words.notBackedUp,
        why: failureSentence(phase.why),
        action: blockedAction(phase.why.type),
      };
  }
};

const blockedAction = (type: string): SyncAction => {
  if (type === 'signInNeeded' || type === 'wrongAccount') return 'signIn';
  return type === 'upgradeNeeded' ? 'reload' : 'tryNow';
};
