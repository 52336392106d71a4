import type { Cadence } from '@fintrack/advisor-core';
import { plural } from './words.ts';

/** What is said of bills and incomes to come. */
export const upcomingWords = {
  title: { expense: 'Bills to come', income: 'Income to come' },
  by: (sums: string, day: string) => `${sums} by ${day}`,
  about: (amount: string) => `about ${amount}`,
  between: (low: string, high: string) => `${low} to ${high}`,
  days: (earliest: string, latest: string) => `${earliest} to ${latest}`,
  late: 'was due before',
  possible: (count: number) => `${count} more ${plural(count, 'is', 'are')} possible, and not added up`,
  all: (count: number) => `All ${count} in the next weeks`,
  untitled: 'No description',
  cadence: {
    weekly: 'Weekly',
    'two-weekly': 'Every two weeks',
    'four-weekly': 'Every four weeks',
    monthly: 'Monthly',
    'two-monthly': 'Every two months',
    quarterly: 'Quarterly',
    'half-yearly': 'Every half year',
    yearly: 'Yearly',
  } satisfies Readonly<Record<Cadence, string>>,
};
