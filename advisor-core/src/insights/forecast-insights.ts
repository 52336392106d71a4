import type { CalendarDate, CalendarMonth } from '@fintrack/sync-core/protocol/calendar-date';
import { bucketOf } from '../bucket.ts';
import type { ForecastAdvice, SuggestionAdvice } from '../forecast-advice.ts';
import type { Insight } from '../insight.ts';
import type { Budget } from '../ledger.ts';
import { addMinor, subtractMinor } from '../minor-arithmetic.ts';
import type { BudgetCheck } from '../patterns/budget-check.ts';

export type ForecastInsightsInput = {
  readonly forecasts: readonly ForecastAdvice[];
  readonly checks: readonly BudgetCheck[];
  readonly month: CalendarMonth;
  readonly asOf: CalendarDate;
};

/** Budgets that are not over, and will be by the end of the month if it goes on as months did. */
export const forecastInsights = (input: ForecastInsightsInput): readonly Insight[] =>
  input.checks.flatMap((check) => {
    if (check.state === 'over') return [];
    const forecast = input.forecasts.find(
      ({ of, currency }) => of.type === 'category' && of.categoryId === check.categoryId && currency === check.currency,
    );
    return forecast ? overAtTheEnd(check, forecast, input) : [];
  });

const overAtTheEnd = (
  check: BudgetCheck,
  forecast: ForecastAdvice,
  { month, asOf }: ForecastInsightsInput,
): readonly Insight[] => {
  const { budgetId, categoryId, currency, amountMinor } = check;
  // The budget counts every entry, the forecast leaves some aside: what is still to come is the forecast's, the rest not.
  const spent = { name: 'spent-by-now', minor: check.spentByNowMinor } as const;
  const rest = { name: 'forecast-rest', minor: subtractMinor(forecast.pointMinor, forecast.spentMinor) } as const;
  const ends = { name: 'forecast', minor: addMinor(spent.minor, rest.minor) } as const;
  const overMinor = subtractMinor(ends.minor, amountMinor);
  if (!forecast.isReliable || forecast.record.isPoor || overMinor <= 0) return [];
  const lowMinor = addMinor(spent.minor, subtractMinor(forecast.lowMinor, forecast.spentMinor));
  return [
    {
      kind: 'forecast-over-budget',
      key: `forecast-over-budget:${budgetId}`,
      subject: { type: 'budget', budgetId, categoryId, month },
      money: { minor: overMinor, currency },
      bucket: bucketOf(overMinor),
      since: asOf,
      confidence: lowMinor > amountMinor ? 'likely' : 'possible',
      evidence: [],
      arithmetic: [
        { step: 'usual', count: forecast.monthsUsed, share: 50, result: rest },
        { step: 'sum', first: spent, second: rest, result: ends },
        {
          step: 'difference',
          from: ends,
          take: { name: 'budget', minor: amountMinor },
          result: { name: 'over', minor: overMinor },
        },
      ],
      action: { type: 'set-budget', budgetId, money: { minor: ends.minor, currency } },
    },
  ];
};

export type SuggestionInsightsInput = {
  readonly suggestions: readonly SuggestionAdvice[];
  readonly budgets: readonly Budget[];
  readonly month: CalendarMonth;
  readonly asOf: CalendarDate;
};

/** Categories that have no budget this month, and a history that one could be made of. */
export const suggestionInsights = ({
  suggestions,
  budgets,
  month,
  asOf,
}: SuggestionInsightsInput): readonly Insight[] =>
  suggestions
    .filter((each) => !budgets.some((one) => one.categoryId === each.categoryId && one.currency === each.currency))
    .map(({ categoryId, currency, amountMinor, keptPercent, monthsUsed }) => ({
      kind: 'budget-suggestion',
      key: `budget-suggestion:${currency}.${categoryId}`,
      subject: { type: 'category', categoryId, month },
      money: { minor: amountMinor, currency },
      bucket: bucketOf(amountMinor),
      since: asOf,
      confidence: monthsUsed >= 12 ? 'likely' : 'possible',
      evidence: [],
      arithmetic: [
        { step: 'usual', count: monthsUsed, share: keptPercent, result: { name: 'suggested', minor: amountMinor } },
      ],
      action: { type: 'add-budget', categoryId, month, money: { minor: amountMinor, currency } },
    }));
