import type { Act } from '@fintrack/sync-core/client';
import { fail, forecastId, recordKey, type Result } from '@fintrack/sync-core/protocol';
import type { FreezeError, MadeForecast } from '../model/ledger.ts';
import { commitActs } from './commit-acts.ts';
import { forecastKind } from './forecasts.ts';
import type { LedgerDeps } from './ledger-deps.ts';
import { withDatabase } from './store-error.ts';
import { readSyncFacts } from './sync-facts.ts';

/**
 * Keeps those of which there is none yet, as they are, for good. They are generated, so that of two devices' the first
 * stays and nobody is asked to choose [F7]. Of part of a ledger they would be wrong for good.
 */
export const freezeForecasts = async (
  deps: LedgerDeps,
  forecasts: readonly MadeForecast[],
): Promise<Result<null, FreezeError>> => {
  const { database, isLocal } = deps;
  if (!isLocal && !(await readSyncFacts(database)).isWhole) return fail({ type: 'notWhole' });
  const ids = forecasts.map(({ month, currency, categoryId }) => forecastId(month, currency, categoryId));
  const known = await withDatabase(database, () => database.rows.bulkGet(ids.map((id) => recordKey(forecastKind, id))));
  const acts = forecasts.flatMap((forecast, index): readonly Act[] => {
    const id = ids[index];
    return id === undefined || known[index]
      ? []
      : [{ type: 'generate', kind: forecastKind, id, values: valuesOf(forecast) }];
  });
  return commitActs(deps, acts, deps.now());
};

const valuesOf = ({ month, currency, categoryId, made, amountMinor, lowMinor, highMinor }: MadeForecast) => ({
  of: { month, currency, category: categoryId },
  made,
  amount: { minor: amountMinor, currency },
  range: { low: lowMinor, high: highMinor },
});
