import { columnStats, sampleRows, share } from './column-stats.ts';
import { guessMoney } from './guess-money.ts';
import { guessTexts } from './guess-texts.ts';
import { type HeadingMatch, matchHeading } from './heading-words.ts';
import type { ColumnRole, MappedColumn } from './mapping.ts';
import type { CsvTable } from './read-table.ts';
import {
  bestByHeading,
  byHeading,
  type ColumnEvidence,
  contents,
  fits,
  half,
  matchOf,
  most,
  type RoleGuess,
  type RoleGuesses,
} from './role-guess.ts';

/**
 * Gives every column a role, by its heading where that is known and the cells agree, else by its cells alone. Decimal
 * marks are left open.
 */
export const guessColumns = (table: CsvTable): readonly MappedColumn[] => {
  const rows = sampleRows(table);
  const columns = table.header.map((heading, index): ColumnEvidence => {
    const stats = columnStats(rows, index);
    return { index, stats, matches: matchHeading(heading).filter((match) => fits(match.role, stats)) };
  });
  const guesses: RoleGuesses = new Map();
  guessDate(columns, guesses);
  guessMoney(columns, guesses, rows);
  for (const role of ['type', 'currency', 'status', 'category', 'subcategory', 'account', 'payer'] as const)
    guessByHeading(role, columns, guesses);
  guessByContents(columns, guesses);
  guessTexts(columns, guesses);
  return table.header.map((heading, index) => {
    const guess = guesses.get(index) ?? { role: 'ignore', confidence: 'medium', reason: { type: 'notNeeded' } };
    return { index, heading, ...guess };
  });
};

const guessByHeading = (role: ColumnRole, columns: readonly ColumnEvidence[], guesses: RoleGuesses): void => {
  const best = bestByHeading(role, columns, guesses);
  if (best) guesses.set(best.index, byHeading(role, best));
};

/** Among columns announced as dates the best rank; a column filled much less than another gives way to it. */
const guessDate = (columns: readonly ColumnEvidence[], guesses: RoleGuesses): void => {
  const named = columns.filter((column) => matchOf(column, 'date') !== undefined);
  const fullest = Math.max(0, ...named.map((column) => column.stats.dates));
  const full = named.filter((column) => column.stats.dates >= fullest * most);
  const best = bestByHeading('date', full, guesses);
  const chosen = best ?? columns.filter((column) => share(column.stats, 'dates') >= half).toSorted(byDates)[0];
  if (!chosen) return;
  const { dates, filled } = chosen.stats;
  guesses.set(
    chosen.index,
    best ? byHeading('date', best) : { role: 'date', confidence: 'medium', reason: contents(dates, filled) },
  );
  for (const column of columns)
    if (!guesses.has(column.index) && share(column.stats, 'dates') >= half)
      guesses.set(column.index, {
        role: 'ignore',
        confidence: 'medium',
        reason: { type: 'anotherIsBetter', than: 'date' },
      });
};

const byDates = (a: ColumnEvidence, b: ColumnEvidence): number => b.stats.dates - a.stats.dates;

/** A type column (few words, all of a direction) and a currency column tell themselves without a heading. */
const guessByContents = (columns: readonly ColumnEvidence[], guesses: RoleGuesses): void => {
  const directional = columns
    .filter(
      ({ index, stats, matches }) =>
        !hasFirmRole(guesses.get(index)) && !isText(matches) && share(stats, 'directions') >= most,
    )
    .toSorted((a, b) => share(b.stats, 'directions') - share(a.stats, 'directions'))
    .find(({ stats }) => stats.distinct >= 2 && stats.distinct <= 8);
  const typed = columns.find(({ index }) => guesses.get(index)?.role === 'type');
  if (directional && (!typed || share(typed.stats, 'directions') < most)) {
    if (typed)
      guesses.set(typed.index, {
        role: 'ignore',
        confidence: 'low',
        reason: { type: 'anotherIsBetter', than: 'type' },
      });
    const { directions, filled } = directional.stats;
    guesses.set(directional.index, { role: 'type', confidence: 'medium', reason: contents(directions, filled) });
  }
  if ([...guesses.values()].some(({ role }) => role === 'currency')) return;
  const currency = columns.find(
    ({ index, stats, matches }) =>
      !guesses.has(index) && !isText(matches) && stats.currencies > 0 && share(stats, 'currencies') >= 0.9,
  );
  if (currency)
    guesses.set(currency.index, {
      role: 'currency',
      confidence: 'medium',
      reason: contents(currency.stats.currencies, currency.stats.filled),
    });
};

/** Announced as a text, or as something that no entry needs. A `Details` column may hold debit and credit. */
const isText = (matches: readonly HeadingMatch[]): boolean =>
  matches.length > 0 && matches.every(({ role, rank }) => role !== 'type' && (role !== 'description' || rank !== 1));

const hasFirmRole = (guess: RoleGuess | undefined): boolean => guess !== undefined && guess.role !== 'type';
