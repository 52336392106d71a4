import { type ColumnStats, share } from './column-stats.ts';
import {
  bestByHeading,
  byHeading,
  type ColumnEvidence,
  contents,
  half,
  matchOf,
  type RoleGuesses,
} from './role-guess.ts';

/** Finds the description and the notes; without a heading that tells, the most varied text is the description. */
export const guessTexts = (columns: readonly ColumnEvidence[], guesses: RoleGuesses): void => {
  const filled = columns.filter((column) => column.stats.filled > 0);
  const named = namedDescription(columns, filled, guesses);
  if (named) {
    const announced = matchOf(named, 'description') ? 'description' : 'note';
    guesses.set(named.index, { ...byHeading(announced, named), role: 'description' });
  }
  for (const column of columns) {
    const text = matchOf(column, 'note') ?? matchOf(column, 'description');
    if (text && !guesses.has(column.index) && !isConstant(column.stats))
      guesses.set(column.index, { ...byHeading(text.role, column), role: 'note' });
  }
  if (!named) guessByVariety(filled, guesses);
};

/** The best named column that is filled well enough; a note where nothing is called a description. */
const namedDescription = (
  columns: readonly ColumnEvidence[],
  filled: readonly ColumnEvidence[],
  guesses: RoleGuesses,
): ColumnEvidence | undefined => {
  const described = filled.filter((column) => matchOf(column, 'description') !== undefined);
  const fullest = Math.max(0, ...described.map(({ stats }) => stats.filled));
  const wellFilled = described.filter(({ stats }) => stats.filled >= fullest * 0.3);
  return (
    bestByHeading('description', wellFilled, guesses) ??
    bestByHeading('note', filled, guesses) ??
    // Announced, though empty in every row of this file.
    bestByHeading('description', columns, guesses)
  );
};

/** The same words in every row (`booked`) tell nothing. */
const isConstant = (stats: ColumnStats): boolean => stats.filled >= 5 && stats.distinct === 1;

const guessByVariety = (filled: readonly ColumnEvidence[], guesses: RoleGuesses): void => {
  const texts = filled
    .filter(({ index, matches }) => !guesses.has(index) && !matches.some(({ role }) => role === 'ignore'))
    .filter(({ stats }) => share(stats, 'amounts') < half && share(stats, 'dates') < half && !isConstant(stats))
    .toSorted((a, b) => variety(b.stats) - variety(a.stats));
  for (const [place, { index, stats }] of texts.entries()) {
    if (place > 0 && stats.distinct < stats.filled * half) continue;
    const role = place === 0 ? 'description' : 'note';
    guesses.set(index, { role, confidence: 'low', reason: contents(stats.distinct, stats.filled) });
  }
};

const variety = (stats: ColumnStats): number => stats.distinct * Math.min(60, stats.meanLength);
