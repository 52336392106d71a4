import type { Advice } from '@fintrack/advisor-core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { type AdviceSeen, adviceSeen } from './advice-seen.ts';
import { adviceQuery, serverAdviceQuery } from './advisor-queries.ts';
import { createForecastFreezer } from './forecast-freezer.ts';
import { useLedgerName, useServices, useSyncStatus, useToday } from './services-context.tsx';

/** Today's advice: of this device once its ledger is here, of the server before. */
export const useAdvice = (): AdviceSeen => {
  const services = useServices();
  const today = useToday();
  const ledger = useLedgerName();
  const { isWhole } = useSyncStatus();
  const own = useQuery({ ...adviceQuery(services, ledger, today), enabled: isWhole === true });
  const server = useQuery({ ...serverAdviceQuery(services, ledger, today), enabled: isWhole === false });
  const seen = adviceSeen({
    ledger,
    isWhole,
    own: own.data,
    server: server.data,
    retry: () => void own.refetch(),
  });
  useFreeze(ledger, seen.type === 'here' && !own.isPlaceholderData ? seen.advice : undefined);
  return seen;
};

/** The first forecasts of a month that are worth it are kept as they are, to be scored when it is over. */
const useFreeze = (name: string, advice: Advice | undefined): void => {
  const { ledger } = useServices();
  const [freeze] = useState(createForecastFreezer);
  useEffect(() => {
    if (advice) freeze(ledger, { ledger: name, advice });
  }, [ledger, name, advice, freeze]);
};
