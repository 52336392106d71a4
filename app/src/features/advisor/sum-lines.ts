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

/**
 * The arithmetic step by step. What an earlier step has written down is not written again: a result that the next step
 * starts from, and a term that it takes away, which only changes its sign.
 */
export const sumLines = ({ arithmetic }: Pick<Insight, 'arithmetic'>, context: SumContext): readonly SumLine[] => {
  const lines: SumLine[] = [];
  const placeOf = new Map<string, number>();
  const write = (term: Term, text: string, isResult = false): void => {
    placeOf.set(termKey(term), lines.length);
    lines.push({ text, minor: term.minor, isResult });
  };
  const give = (term: Term): void => {
    if (!placeOf.has(termKey(term))) write(term, names[term.name]);
  };
  const take = (term: Term): void => {
    const place = placeOf.get(termKey(term));
    const before = place === undefined ? undefined : lines[place];
    if (place === undefined || !before || before.isResult)
      lines.push({ text: names[term.name], minor: -term.minor, isResult: false });
    else lines[place] = { ...before, minor: -term.minor };
  };
  for (const step of arithmetic) {
    if (step.step === 'difference') {
      give(step.from);
      take(step.take);
    } else if (step.step === 'sum') {
      give(step.first);
      give(step.second);
    } else if (step.step === 'share') give(step.of);
    const isResult = step.step !== 'usual' && step.step !== 'entry';
    write(step.result, resultText(step, context), isResult);
  }
  return lines;
};

const termKey = ({ name, minor }: Term): string => `${name} ${minor}`;

const resultText = (step: ArithmeticStep, { amount, percent, entryTitle }: SumContext): string => {
  const name = names[step.result.name];
  switch (step.step) {
    case 'difference':
    case 'sum':
      return name;
    case 'times':
      return `${name}, ${amount(step.of.minor)} \u00d7 ${step.count}`;
    case 'share':
      return `${name}, ${step.numerator} of ${step.denominator} days`;
    case 'usual':
      return `${name}, ${usualOf(step, percent)}`;
    case 'entry':
      return entryTitle(step.id);
  }
};

const usualOf = (
  { count, share, result }: Extract<ArithmeticStep, { step: 'usual' }>,
  percent: SumContext['percent'],
): string => {
  if (share === 50) return `the middle of ${count}`;
  return result.name === 'suggested'
    ? `enough in ${percent(share / 100)} of ${count} ${plural(count, 'month', 'months')}`
    : `${percent(share / 100)} of ${count} were at most that`;
};

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
