import type { Advice } from '@fintrack/advisor-core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { AdvisorError } from './advisor.ts';
import { adviceQuery, serverAdviceQuery } from './advisor-queries.ts';
import { forecastsToFreeze } from './forecasts-to-freeze.ts';
import { useServices, useSyncStatus, useToday } from './services-context.tsx';

export type AdviceSeen =
  | { readonly type: 'working' }
  | { readonly type: 'here'; readonly advice: Advice }
  /** This device is still loading its ledger: what the server makes of it. */
  | { readonly type: 'onServer'; readonly advice: Advice }
  /** The same, and the server does not say either. */
  | { readonly type: 'notYet' }
  | { readonly type: 'failed'; readonly error: AdvisorError; readonly retry: () => void };

/** Today's advice: of this device once its ledger is here, of the server before. */
export const useAdvice = (): AdviceSeen => {
  const services = useServices();
  const today = useToday();
  const isLoading = useSyncStatus().phase.type === 'loading';
  const own = useQuery({ ...adviceQuery(services, today), enabled: !isLoading, placeholderData: (before) => before });
  const server = useQuery({ ...serverAdviceQuery(services, today), enabled: isLoading });
  useFreeze(own.data?.ok && !isLoading && !own.isPlaceholderData ? own.data.value : undefined);
  if (isLoading) {
    if (server.data?.ok) return { type: 'onServer', advice: server.data.value };
    return { type: server.data ? 'notYet' : 'working' };
  }
  if (!own.data) return { type: 'working' };
  if (!own.data.ok) return { type: 'failed', error: own.data.error, retry: () => void own.refetch() };
  return { type: 'here', advice: own.data.value };
};

/** The first forecasts of a month that are worth it are kept as they are, to be scored when it is over. */
const useFreeze = (advice: Advice | undefined): void => {
  const { ledger } = useServices();
  const done = useRef(new Set<string>());
  useEffect(() => {
    if (!advice) return;
    const fresh = forecastsToFreeze(advice).filter((each) => !done.current.has(nameOf(each)));
    if (fresh.length === 0) return;
    for (const each of fresh) done.current.add(nameOf(each));
    // What was not saved is frozen the next time the app is opened.
    void ledger.freezeForecasts(fresh);
  }, [ledger, advice]);
};

const nameOf = ({ month, currency, categoryId }: ReturnType<typeof forecastsToFreeze>[number]): string =>
  `${month} ${currency} ${categoryId ?? ''}`;
