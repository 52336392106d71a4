import { share } from './column-stats.ts';
import { bestByHeading, byHeading, type ColumnEvidence, contents, type RoleGuesses } from './role-guess.ts';
import { findRunningBalance } from './running-balance.ts';

type Cells = readonly (readonly string[])[];

/**
 * Which columns hold the money. Headings first; a column that sums another up is a balance, never the amount. Without
 * headings: a balance is found by its sums, two columns that are never filled together are debit and credit.
 */
export const guessMoney = (columns: readonly ColumnEvidence[], guesses: RoleGuesses, rows: Cells): void => {
  guessBalances(columns, guesses);
  const debit = bestByHeading('debit', columns, guesses);
  const credit = bestByHeading('credit', columns, guesses);
  const amount = bestByHeading('amount', columns, guesses);
  const isWhole = amount !== undefined && amount.stats.filled >= amount.stats.sampled * 0.9;
  const isSigned = amount !== undefined && amount.stats.negatives > 0;
  const separate = debit !== undefined || credit !== undefined;
  const both = debit !== undefined && credit !== undefined && debit.stats.filled + credit.stats.filled > 0;
  if (amount && (!separate || (isWhole && (isSigned || !both)))) {
    guesses.set(amount.index, byHeading('amount', amount));
    return;
  }
  if (separate) {
    if (debit) guesses.set(debit.index, byHeading('debit', debit));
    if (credit) guesses.set(credit.index, byHeading('credit', credit));
    return;
  }
  guessUnnamed(columns, guesses, rows);
};

const guessBalances = (columns: readonly ColumnEvidence[], guesses: RoleGuesses): void => {
  for (;;) {
    const balance = bestByHeading('balance', columns, guesses);
    if (!balance) return;
    guesses.set(balance.index, byHeading('balance', balance));
  }
};

const guessUnnamed = (columns: readonly ColumnEvidence[], guesses: RoleGuesses, rows: Cells): void => {
  const free = columns.filter(
    ({ index, stats, matches }) =>
      !guesses.has(index) && !matches.some(({ role }) => role === 'ignore') && share(stats, 'amounts') >= 0.8,
  );
  const pair = findRunningBalance(
    free.map(({ index }) => index),
    rows,
  );
  if (pair) {
    const reason = { type: 'runningBalance', matching: pair.matching, of: pair.of } as const;
    guesses.set(pair.balance, { role: 'balance', confidence: 'high', reason });
    guesses.set(pair.amount, { role: 'amount', confidence: 'high', reason });
    return;
  }
  if (guessComplements(free, guesses, rows)) return;
  const best = free.toSorted((a, b) => moneyScore(b) - moneyScore(a))[0];
  if (best)
    guesses.set(best.index, {
      role: 'amount',
      confidence: share(best.stats, 'moneyLike') > 0.5 ? 'medium' : 'low',
      reason: contents(best.stats.amounts, best.stats.filled),
    });
};

/** Two columns of which each row fills just one: the first is taken as money out, as statements have it. */
const guessComplements = (free: readonly ColumnEvidence[], guesses: RoleGuesses, rows: Cells): boolean => {
  for (const [at, first] of free.entries())
    for (const second of free.slice(at + 1)) {
      const one = rows.filter((cells) => isFilled(cells, first.index) !== isFilled(cells, second.index)).length;
      if (first.stats.filled === 0 || second.stats.filled === 0 || one < rows.length * 0.9) continue;
      const reason = contents(one, rows.length);
      guesses.set(first.index, { role: 'debit', confidence: 'low', reason });
      guesses.set(second.index, { role: 'credit', confidence: 'low', reason });
      return true;
    }
  return false;
};

const isFilled = (cells: readonly string[], index: number): boolean => (cells[index] ?? '').trim() !== '';

/** Signs, decimals and fullness speak for money; the earlier of two equals wins, since balances come last. */
const moneyScore = ({ stats, index }: ColumnEvidence): number =>
  share(stats, 'moneyLike') * 2 +
  (stats.negatives > 0 ? 2 : 0) +
  stats.filled / Math.max(1, stats.sampled) -
  index / 1000;
