import type { ArithmeticStep, Insight, Term, TermName } from '@fintrack/advisor-core';
import { plural } from './words.ts';

/** One line of a sum as it is written down: a term, or what the terms above it come to. */
export type SumLine = { readonly text: string; readonly minor: number; readonly isResult: boolean };

export type SumContext = {
  /** An amount in the currency of the sum. */
  readonly amount: (minor: number) => string;
  readonly percent: (share: number) => string;
  /** Of an entry by its id. */
  readonly entryTitle: (id: string) => string;
};

/** The arithmetic step by step. A result that the next step starts from is written once. */
export const sumLines = ({ arithmetic }: Pick<Insight, 'arithmetic'>, context: SumContext): readonly SumLine[] => {
  const lines: SumLine[] = [];
  const known = new Set<string>();
  for (const step of arithmetic) {
    for (const line of linesOf(step, context, (term) => known.has(termKey(term)))) lines.push(line);
    known.add(termKey(step.result));
  }
  return lines;
};

const termKey = ({ name, minor }: Term): string => `${name} ${minor}`;

const linesOf = (step: ArithmeticStep, context: SumContext, isKnown: (term: Term) => boolean): readonly SumLine[] => {
  const { amount, percent } = context;
  const given = (term: Term): readonly SumLine[] => (isKnown(term) ? [] : [line(term, names[term.name])]);
  switch (step.step) {
    case 'difference':
      return [
        ...given(step.from),
        line({ ...step.take, minor: -step.take.minor }, names[step.take.name]),
        result(step.result, names[step.result.name]),
      ];
    case 'sum':
      return [...given(step.first), ...given(step.second), result(step.result, names[step.result.name])];
    case 'times':
      return [result(step.result, `${names[step.result.name]}, ${amount(step.of.minor)} \u00d7 ${step.count}`)];
    case 'share':
      return [
        ...given(step.of),
        result(step.result, `${names[step.result.name]}, ${step.numerator} of ${step.denominator} days`),
      ];
    case 'usual':
      return [line(step.result, `${names[step.result.name]}, ${usualOf(step.count, step.share, percent)}`)];
    case 'entry':
      return [line(step.result, context.entryTitle(step.id))];
  }
};

const line = ({ minor }: Term, text: string): SumLine => ({ text, minor, isResult: false });
const result = ({ minor }: Term, text: string): SumLine => ({ text, minor, isResult: true });

const usualOf = (count: number, share: number, percent: SumContext['percent']): string =>
  share === 50
    ? `the middle of ${count}`
    : `enough for ${percent(share / 100)} of ${count} ${plural(count, 'month', 'months')}`;

const names: Readonly<Record<TermName, string>> = {
  spent: 'Spent',
  'spent-by-now': 'Spent by now',
  budget: 'Budget',
  'expected-by-now': 'An even pace',
  over: 'Over',
  'above-pace': 'Above an even pace',
  'forecast-rest': 'Still to come',
  forecast: 'At the end of the month',
  'price-before': 'Price before',
  'price-now': 'Price now',
  rise: 'More each time',
  'rise-a-year': 'A year',
  amount: 'Amount',
  usual: 'Usual',
  income: 'Income',
  saved: 'Left over',
  'level-before': 'A usual month before',
  'level-now': 'A usual month now',
  change: 'Change',
  suggested: 'Suggested',
};
