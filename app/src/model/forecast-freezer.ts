import type { LedgerAdvice } from './advisor.ts';
import { forecastsToFreeze } from './forecasts-to-freeze.ts';
import type { Ledger } from './ledger.ts';

/**
 * Hands the forecasts of an advice that are worth it to the ledger, each once. What the ledger does not save is handed
 * over when the app is opened the next time.
 */
export const createForecastFreezer = () => {
  const done = new Set<string>();
  return (store: Pick<Ledger, 'freezeForecasts'>, { ledger, advice }: LedgerAdvice): void => {
    const fresh = forecastsToFreeze(advice).filter(({ month, currency, categoryId }) => {
      const name = JSON.stringify([ledger, month, currency, categoryId]);
      return !done.has(name) && done.add(name);
    });
    if (fresh.length > 0) void store.freezeForecasts(ledger, fresh);
  };
};
