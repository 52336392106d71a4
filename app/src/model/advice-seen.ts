import type { Advice } from '@fintrack/advisor-core';
import type { Result } from '@fintrack/sync-core/protocol';
import type { AdvisorError, LedgerAdvice } from './advisor.ts';

export type AdviceSeen =
  | { readonly type: 'working' }
  | { readonly type: 'here'; readonly advice: Advice }
  /** This device is still loading its ledger: what the server makes of it. */
  | { readonly type: 'onServer'; readonly advice: Advice }
  /** The same, and the server does not say either. */
  | { readonly type: 'notYet' }
  | { readonly type: 'failed'; readonly error: AdvisorError; readonly retry: () => void };

export type AdviceAnswers = {
  /** The ledger that is open. */
  readonly ledger: string;
  /** As `SyncStatus.isWhole`: advice about half a ledger is none. */
  readonly isWhole: boolean | undefined;
  readonly own: Result<LedgerAdvice, AdvisorError> | undefined;
  readonly server: Result<Advice, unknown> | undefined;
  readonly retry: () => void;
};

/** What there is to be seen of two answers. One about another ledger than the open one is none. */
export const adviceSeen = ({ ledger, isWhole, own, server, retry }: AdviceAnswers): AdviceSeen => {
  if (isWhole === undefined) return { type: 'working' };
  if (!isWhole) {
    if (server?.ok) return { type: 'onServer', advice: server.value };
    return { type: server ? 'notYet' : 'working' };
  }
  if (own && !own.ok) return { type: 'failed', error: own.error, retry };
  return own?.value.ledger === ledger ? { type: 'here', advice: own.value.advice } : { type: 'working' };
};
