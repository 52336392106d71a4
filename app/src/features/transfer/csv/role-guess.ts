import { type ColumnStats, share } from './column-stats.ts';
import type { HeadingMatch } from './heading-words.ts';
import type { ColumnReason, ColumnRole, Confidence } from './mapping.ts';

/** A column while its role is being found. */
export type ColumnEvidence = {
  readonly index: number;
  readonly stats: ColumnStats;
  /** Headings' meanings that the contents do not contradict, best first. */
  readonly matches: readonly HeadingMatch[];
};

export type RoleGuess = { readonly role: ColumnRole; readonly confidence: Confidence; readonly reason: ColumnReason };
export type RoleGuesses = Map<number, RoleGuess>;

/** Shares of filled cells that allow a role, or tell it without a heading. */
export const half = 0.5;
export const most = 0.8;

/** Whether a column's cells allow a role. An empty column may be anything its heading says. */
export const fits = (role: ColumnRole, stats: ColumnStats): boolean => {
  if (stats.filled === 0) return role !== 'date' && role !== 'amount';
  if (role === 'date') return share(stats, 'dates') >= half;
  if (role === 'amount' || role === 'debit' || role === 'credit' || role === 'balance')
    return share(stats, 'amounts') >= half;
  // Codes that do not exist are the row's fault, not the column's.
  if (role === 'currency')
    return share(stats, 'currencies') >= half || (stats.meanLength <= 4 && stats.amounts + stats.dates === 0);
  if (role === 'ignore') return true;
  // An account may be a number; other words are neither dates nor money.
  return share(stats, 'dates') < half && (role === 'account' || share(stats, 'moneyLike') < half);
};

/** The free column whose heading announces the role best; the better rank first, then the stronger match. */
export const bestByHeading = (
  role: ColumnRole,
  columns: readonly ColumnEvidence[],
  guesses: RoleGuesses,
): ColumnEvidence | undefined =>
  columns
    .filter((column) => !guesses.has(column.index) && matchOf(column, role) !== undefined)
    .toSorted((a, b) => (matchOf(a, role)?.rank ?? 0) - (matchOf(b, role)?.rank ?? 0))[0];

export const matchOf = (column: ColumnEvidence, role: ColumnRole): HeadingMatch | undefined =>
  column.matches.find((match) => match.role === role);

export const byHeading = (role: ColumnRole, column: ColumnEvidence): RoleGuess => ({
  role,
  confidence: (matchOf(column, role)?.strength ?? 1) >= 3 ? 'high' : 'medium',
  reason: { type: 'heading' },
});

export const contents = (matching: number, of: number): ColumnReason => ({ type: 'contents', matching, of });
