import { advise } from '@fintrack/advisor-core';
import { ok } from '@fintrack/sync-core/protocol';
import { expect, it } from 'vitest';
import { createForecastFreezer } from './forecast-freezer.ts';

const entries = Array.from({ length: 14 }, (_, month) => ({
  id: `e${month}`,
  kind: 'expense' as const,
  date: `${2025 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-03`,
  amountMinor: 2000,
  currency: 'EUR',
  categoryId: null,
  title: 'Market',
}));
const advice = advise({ entries, asOf: '2026-02-10' });

it('hands the forecasts of each ledger over once, also where another has the same', () => {
  const handed: string[] = [];
  const store = {
    freezeForecasts: async (ledger: string) => {
      handed.push(ledger);
      return ok(null);
    },
  };
  const freeze = createForecastFreezer();
  for (const ledger of ['ada 1', 'ada 1', 'grace 2', 'ada 1']) freeze(store, { ledger, advice });
  expect(handed).toEqual(['ada 1', 'grace 2']);
});
