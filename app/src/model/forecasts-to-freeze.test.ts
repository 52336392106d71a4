import { advise } from '@fintrack/advisor-core';
import { describe, expect, it } from 'vitest';
import { forecastsToFreeze } from './forecasts-to-freeze.ts';

const entries = Array.from({ length: 14 }, (_, month) =>
  [3, 8, 14, 22].map((day) => ({
    id: `${month}-${day}`,
    kind: 'expense' as const,
    date: `${2025 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-${String(day).padStart(2, '0')}`,
    amountMinor: 2000 + day,
    currency: 'EUR',
    categoryId: day === 3 ? null : 'food',
    title: 'Market',
  })),
).flat();

const frozenOn = (asOf: string) => forecastsToFreeze(advise({ entries, asOf }));

describe('forecasts', () => {
  it('are not kept before the 10th', () => {
    expect(frozenOn('2026-02-09')).toEqual([]);
  });

  it('are kept from then on, of all spending and of steady categories, not of what has none', () => {
    const kept = frozenOn('2026-02-10');
    expect(kept.map(({ categoryId }) => categoryId)).toEqual([null, 'food']);
    expect(kept[0]).toMatchObject({ month: '2026-02', currency: 'EUR', made: '2026-02-10' });
  });
});
