import { type CalendarDate, type CalendarMonth, dateToDayNumber } from '@fintrack/sync-core/protocol/calendar-date';
import type { Groups, Named } from '../book.ts';
import { bucketOf } from '../bucket.ts';
import { monthTotalsBefore } from '../forecast-advice.ts';
import { type ArithmeticStep, evidenceMax, type Insight } from '../insight.ts';
import { subtractMinor } from '../minor-arithmetic.ts';
import type { SavingsRate } from '../patterns/savings-rate.ts';
import { findSpendingChange, type SpendingChange } from '../patterns/trend.ts';
import { remembered } from '../remembered.ts';
import { monthIndexOf, monthOfIndex, type Series } from '../series.ts';

/** A level is news for so many months. */
const newLevelMonths = 3;

/** Categories whose months have come to cost something else. */
export const levelInsights = (groups: Groups, asOf: CalendarDate): readonly Insight[] =>
  groups.spendingByCategory().flatMap(({ name, group }) => {
    const change = changeOf(group, dateToDayNumber(asOf));
    const found = change ? movedBy(change) : undefined;
    if (!found) return [];
    const { changeMinor, steps, months: shown } = found;
    const key = `level-change:${name.currency}.${name.of ?? ''}`;
    return [
      {
        kind: 'level-change',
        key,
        subject: { type: 'category', categoryId: name.of, month: monthOfIndex(monthIndexOf(asOf)) },
        money: { minor: changeMinor, currency: name.currency },
        bucket: bucketOf(changeMinor),
        since: `${monthOfIndex(monthIndexOf(asOf))}-01`,
        confidence: 'likely',
        evidence: evidenceIn(groups, name, monthIndexOf(asOf) - shown, asOf),
        arithmetic: steps,
        action: { type: 'look-at-entries' },
      },
    ];
  });

const changeOf = remembered((series: Series, asOfDay) => findSpendingChange(monthTotalsBefore(series, asOfDay)));

type Moved = { readonly changeMinor: number; readonly steps: readonly ArithmeticStep[]; readonly months: number };

const movedBy = (change: SpendingChange): Moved | undefined => {
  if (change.type === 'trend') {
    const changeMinor = change.perMonthMinor * 12;
    const rise = { name: 'rise', minor: change.perMonthMinor } as const;
    return {
      changeMinor,
      months: 12,
      steps: [
        { step: 'usual', count: change.monthsUsed, share: 50, result: rise },
        { step: 'times', of: rise, count: 12, result: { name: 'rise-a-year', minor: changeMinor } },
      ],
    };
  }
  if (change.monthsSince > newLevelMonths) return undefined;
  const changeMinor = subtractMinor(change.sinceMinor, change.beforeMinor);
  return {
    changeMinor,
    months: change.monthsSince,
    steps: [
      {
        step: 'difference',
        from: { name: 'level-now', minor: change.sinceMinor },
        take: { name: 'level-before', minor: change.beforeMinor },
        result: { name: 'change', minor: changeMinor },
      },
    ],
  };
};

/** Entries of the category from that month on, the latest of them. */
const evidenceIn = (
  groups: Groups,
  name: Named<Series>['name'],
  fromMonth: number,
  asOf: CalendarDate,
): readonly string[] => {
  const from = dateToDayNumber(`${monthOfIndex(fromMonth)}-01`);
  const own = groups.categoryGroups().find((each) => each.name.currency === name.currency && each.name.of === name.of);
  const postings = own?.group.upTo(dateToDayNumber(asOf), evidenceMax) ?? [];
  return postings.filter(({ day }) => day >= from).map(({ id }) => id);
};

/** What was left of the income of the month before, told during the first days of the next. */
export const savingsInsights = (
  rates: readonly SavingsRate[],
  month: CalendarMonth,
  asOf: CalendarDate,
): readonly Insight[] =>
  Number(asOf.slice(8)) > newsDays
    ? []
    : rates
        .filter(({ rateBasisPoints }) => rateBasisPoints !== null)
        .map(({ currency, incomeMinor, spentMinor, savedMinor }) => ({
          kind: 'savings-rate',
          key: `savings-rate:${currency}.${month}`,
          subject: { type: 'month', month },
          money: { minor: savedMinor, currency },
          bucket: bucketOf(savedMinor),
          since: `${asOf.slice(0, 7)}-01`,
          confidence: 'certain',
          evidence: [],
          arithmetic: [
            {
              step: 'difference',
              from: { name: 'income', minor: incomeMinor },
              take: { name: 'spent', minor: spentMinor },
              result: { name: 'saved', minor: savedMinor },
            },
          ],
          action: { type: 'look-at-entries' },
        }));

/** Days into a month on which the month before is still looked back at. */
const newsDays = 10;
