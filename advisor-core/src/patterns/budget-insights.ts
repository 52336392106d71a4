import type { CalendarDate, CalendarMonth } from '@fintrack/sync-core/protocol/calendar-date';
import { bucketOf } from '../bucket.ts';
import { compareText, firstDifference } from '../compare.ts';
import { type ArithmeticStep, evidenceMax, type Insight } from '../insight.ts';
import type { Entry } from '../ledger.ts';
import { expensesIn, type MonthEntries } from '../month-entries.ts';
import type { MonthProgress } from '../month-progress.ts';
import type { BudgetCheck } from './budget-check.ts';

/** Fewer entries are no pace: a rent paid on the 1st uses its budget up at once, and rightly. */
const entriesForPaceMin = 3;

export type BudgetInsightsInput = {
  readonly checks: readonly BudgetCheck[];
  readonly entries: MonthEntries;
  readonly month: CalendarMonth;
  readonly progress: MonthProgress;
  readonly asOf: CalendarDate;
};

/** Budgets that are over or above pace, in the order of `checks`. Nothing about a past month: it cannot be changed. */
export const budgetInsights = (input: BudgetInsightsInput): readonly Insight[] =>
  input.progress.daysLeft === 0
    ? []
    : input.checks.flatMap((check) => {
        if (check.state === 'over') return [overInsight(check, input)];
        if (check.state === 'above-pace') return abovePaceInsight(check, input);
        return [];
      });

const overInsight = (check: BudgetCheck, { entries, month, asOf }: BudgetInsightsInput): Insight => {
  const { budgetId, currency, amountMinor, spentMinor } = check;
  const overMinor = -check.leftMinor;
  return {
    kind: 'budget-over',
    key: `budget-over:${budgetId}`,
    subject: { type: 'budget', budgetId, categoryId: check.categoryId, month },
    money: { minor: overMinor, currency },
    bucket: bucketOf(overMinor),
    since: asOf,
    confidence: 'certain',
    evidence: evidenceIds(expensesIn(entries, check)),
    arithmetic: [
      {
        step: 'difference',
        from: { name: 'spent', minor: spentMinor },
        take: { name: 'budget', minor: amountMinor },
        result: { name: 'over', minor: overMinor },
      },
    ],
    action: { type: 'set-budget', budgetId, money: { minor: spentMinor, currency } },
  };
};

const abovePaceInsight = (
  check: BudgetCheck,
  { entries, month, progress, asOf }: BudgetInsightsInput,
): readonly Insight[] => {
  const { budgetId, currency } = check;
  const counted = expensesIn(entries, check).filter((expense) => expense.date <= asOf);
  if (counted.length < entriesForPaceMin) return [];
  return [
    {
      kind: 'budget-above-pace',
      key: `budget-above-pace:${budgetId}`,
      subject: { type: 'budget', budgetId, categoryId: check.categoryId, month },
      money: { minor: check.abovePaceMinor, currency },
      bucket: bucketOf(check.abovePaceMinor),
      since: asOf,
      confidence: progress.daysElapsed * 2 >= progress.daysInMonth ? 'likely' : 'possible',
      evidence: evidenceIds(counted),
      arithmetic: paceSteps(check, progress),
      action: { type: 'look-at-entries' },
    },
  ];
};

const paceSteps = (check: BudgetCheck, progress: MonthProgress): readonly ArithmeticStep[] => {
  const expected = { name: 'expected-by-now', minor: check.expectedByNowMinor } as const;
  return [
    {
      step: 'share',
      of: { name: 'budget', minor: check.amountMinor },
      numerator: progress.daysElapsed,
      denominator: progress.daysInMonth,
      result: expected,
    },
    {
      step: 'difference',
      from: { name: 'spent-by-now', minor: check.spentByNowMinor },
      take: expected,
      result: { name: 'above-pace', minor: check.abovePaceMinor },
    },
  ];
};

const evidenceIds = (entries: readonly Entry[]): readonly string[] =>
  [...entries]
    .sort((a, b) => firstDifference(compareText(a.date, b.date), compareText(a.id, b.id)))
    .map((entry) => entry.id)
    .slice(-evidenceMax);
