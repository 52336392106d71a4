import { directionWord, sideOfWord } from './direction-words.ts';
import { columnOf, type MappedColumn, type SignConvention, type SignReason } from './mapping.ts';
import { splitAmountCell } from './read-amount.ts';
import { isIncomeText, isPaymentText, isRefund, isTransferText } from './row-words.ts';
import { type Minor, roughMinor, signEvidence } from './running-balance.ts';

export type SignGuess = { readonly convention: SignConvention; readonly reason: SignReason };
type Cells = readonly (readonly string[])[];
type Row = { readonly minor: Minor; readonly cells: readonly string[] };

/** A type column directs rows when nearly all its words are directions. */
const directionShareMin = 0.8;
const agreementMin = 0.95;
/** A card's statement is mostly purchases. */
const mostlyPositiveMin = 0.75;

/** Which way the money goes in this file, by the strongest evidence that it has. */
export const guessSign = (columns: readonly MappedColumn[], rows: Cells): SignGuess => {
  const amount = columnOf(columns, 'amount');
  if (!amount) return { convention: 'separateColumns', reason: 'columns' };
  const read = rows
    .map((cells): Row => ({ minor: signedMinor(cells[amount.index] ?? ''), cells }))
    .filter(({ minor }) => minor !== undefined && minor !== 0);
  const type = columnOf(columns, 'type');
  return (
    (type && guessByType(type.index, read)) ??
    guessByBalance(columns, rows, amount.index) ??
    guessBySigns(columns, read)
  );
};

/** CR counts as a minus: it marks money in where purchases are bare. */
const signedMinor = (cell: string): Minor => {
  const minor = roughMinor(cell);
  return minor !== undefined && splitAmountCell(cell).side === 'credit' ? -Math.abs(minor) : minor;
};

/** Words that only repeat the signs leave the signs in charge, since then even an unknown word has a direction. */
const guessByType = (type: number, rows: readonly Row[]): SignGuess | undefined => {
  const filled = rows.filter(({ cells }) => (cells[type] ?? '').trim() !== '');
  const known = filled.filter(({ cells }) => directionWord(cells[type] ?? '') !== undefined);
  const sided = filled.flatMap(({ cells, minor = 0 }) => {
    const side = sideOfWord(directionWord(cells[type] ?? ''));
    return side ? [{ side, negative: minor < 0 }] : [];
  });
  if (sided.length === 0) return undefined;
  if (rows.some(({ minor = 0 }) => minor < 0)) {
    const convention = repeatedConvention(sided);
    if (convention) return { convention, reason: 'typeWords' };
  }
  return known.length >= filled.length * directionShareMin
    ? { convention: 'typeColumn', reason: 'typeWords' }
    : undefined;
};

type SidedRow = { readonly side: 'out' | 'in'; readonly negative: boolean };

/**
 * The convention of signs that the words repeat, if they do. The side that bears the minus must bear it itself: among
 * many positive expenses a few positive incomes would drown, and be read as the other side.
 */
const repeatedConvention = (rows: readonly SidedRow[]): SignConvention | undefined => {
  const agreeing = rows.filter(({ side, negative }) => negative === (side === 'out')).length;
  const minuses = (of: 'out' | 'in') => {
    const own = rows.filter(({ side }) => side === of);
    return { count: own.filter(({ negative }) => negative).length, of: own.length };
  };
  const [out, income] = [minuses('out'), minuses('in')];
  if (agreeing >= rows.length * agreementMin && out.count >= out.of / 2) return 'negativeIsExpense';
  if (rows.length - agreeing >= rows.length * agreementMin && income.of > 0 && income.count >= income.of / 2)
    return 'positiveIsExpense';
  return undefined;
};

const guessByBalance = (columns: readonly MappedColumn[], rows: Cells, amount: number): SignGuess | undefined => {
  const amounts = rows.map((cells) => roughMinor(cells[amount] ?? ''));
  for (const balance of columns.filter(({ role }) => role === 'balance')) {
    const { same, reverse } = signEvidence(
      rows.map((cells) => roughMinor(cells[balance.index] ?? '')),
      amounts,
    );
    if (same >= 3 && same > reverse * 4) return { convention: 'negativeIsExpense', reason: 'runningBalance' };
    if (reverse >= 3 && reverse > same * 4) return { convention: 'positiveIsExpense', reason: 'runningBalance' };
  }
  return undefined;
};

const guessBySigns = (columns: readonly MappedColumn[], rows: readonly Row[]): SignGuess => {
  const textOf = ({ cells }: Row): string => {
    const text = columnOf(columns, 'description');
    return text ? (cells[text.index] ?? '') : '';
  };
  const negative = rows.filter(({ minor = 0 }) => minor < 0);
  const positive = rows.filter(({ minor = 0 }) => minor > 0);
  if (negative.length === 0) return { convention: 'allExpenses', reason: 'noMinus' };
  const earned = positive.some((row) => isIncomeText(textOf(row)));
  const paidBack = negative.filter((row) => isCreditText(textOf(row))).length;
  const mostly = positive.length >= rows.length * mostlyPositiveMin;
  const isCard = mostly && !earned && (paidBack >= negative.length / 2 || positive.length >= 8);
  return isCard
    ? { convention: 'positiveIsExpense', reason: 'mostlyPositive' }
    : { convention: 'negativeIsExpense', reason: 'minusSigns' };
};

const isCreditText = (text: string): boolean => isPaymentText(text) || isRefund('', text) || isTransferText(text);
