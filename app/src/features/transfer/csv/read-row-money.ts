import { type AmountTextError, fail, ok, type Result } from '@fintrack/sync-core/protocol';
import { type DirectionWord, directionWord, sideOfWord } from './direction-words.ts';
import { columnOf, type MappedColumn, type Mapping } from './mapping.ts';
import { type AmountReading, chooseCurrency, currenciesOf, readAmount } from './read-amount.ts';
import type { RefusalReason } from './refusal.ts';
import { isIncomeCategory, isIncomeText } from './row-words.ts';

/** Money of one row. `minor` counts on its side: out 500 is spent, out -500 is spending taken back. Never 0. */
export type RowMoney = { readonly side: 'out' | 'in'; readonly minor: number; readonly currency: string };

/** The columns that a row's money is read from, found once for a table. */
export type MoneyColumns = Partial<
  Readonly<Record<'amount' | 'debit' | 'credit' | 'type' | 'currency' | 'category' | 'description', MappedColumn>>
>;

export const moneyColumns = (mapping: Mapping): MoneyColumns => {
  const found: { -readonly [K in keyof MoneyColumns]: MoneyColumns[K] } = {};
  for (const role of ['amount', 'debit', 'credit', 'type', 'currency', 'category', 'description'] as const) {
    const column = columnOf(mapping.columns, role);
    if (column) found[role] = column;
  }
  return found;
};

export type MoneyOptions = { readonly mapping: Mapping; readonly homeCurrency: string };

/** Reads a row's amount, its currency and its side by the mapping's convention. */
export const readRowMoney = (
  cells: readonly string[],
  columns: MoneyColumns,
  options: MoneyOptions,
): Result<RowMoney, RefusalReason> => {
  const currency = rowCurrency(cellAt(cells, columns.currency), options);
  if (!currency.ok) return currency;
  const read = (column: MappedColumn): Result<AmountReading, RefusalReason> =>
    readCell(cellAt(cells, column), column, currency.value, options.homeCurrency);
  if (columns.amount) {
    const amount = read(columns.amount);
    return amount.ok ? directAmount(amount.value, cells, columns, options.mapping) : amount;
  }
  if (!columns.debit && !columns.credit) return fail({ type: 'noAmountColumn' });
  return readSeparate(cells, columns, read);
};

const cellAt = (cells: readonly string[], column: MappedColumn | undefined): string =>
  column === undefined ? '' : (cells[column.index] ?? '').trim();

/** A row's own currency cell, where it is filled, must be one that exists. */
const rowCurrency = (cell: string, { mapping, homeCurrency }: MoneyOptions): Result<string, RefusalReason> => {
  if (cell === '') return ok(mapping.defaultCurrency);
  const currency = chooseCurrency(currenciesOf(cell), homeCurrency);
  return currency === undefined ? fail({ type: 'unknownCurrency', text: cell }) : ok(currency);
};

/** Dashes and words that banks write for no amount. */
const nothing = /^(-+|\u2013|\u2014|n\/?a|null|none)$/i;

const readCell = (
  cell: string,
  column: MappedColumn,
  currency: string,
  home: string,
): Result<AmountReading, RefusalReason> => {
  if (cell === '' || nothing.test(cell)) return fail({ type: 'noAmount' });
  const read = readAmount(cell, { currency, home, decimalMark: column.decimalMark });
  return read.ok ? read : fail(refusalOf(read.error, cell, currency));
};

const refusalOf = (error: AmountTextError, text: string, currency: string): RefusalReason => {
  if (error.type === 'empty') return { type: 'noAmount' };
  if (error.type === 'ambiguous') return { type: 'ambiguousAmount', text };
  if (error.type === 'tooManyDecimals') return { type: 'tooManyDecimals', text, currency, digitsMax: error.digitsMax };
  if (error.type === 'tooLarge') return { type: 'amountTooLarge', text };
  if (error.type === 'otherCurrency') return { type: 'unknownCurrency', text };
  return { type: 'unreadableAmount', text };
};

/** One of the two columns holds the figure; a zero in the other is as good as empty. */
const readSeparate = (
  cells: readonly string[],
  columns: MoneyColumns,
  read: (column: MappedColumn) => Result<AmountReading, RefusalReason>,
): Result<RowMoney, RefusalReason> => {
  const sides = [
    { side: 'out' as const, column: columns.debit },
    { side: 'in' as const, column: columns.credit },
  ];
  let zero = false;
  const found: RowMoney[] = [];
  for (const { side, column } of sides) {
    if (!column) continue;
    const amount = read(column);
    if (!amount.ok && amount.error.type === 'noAmount') continue;
    if (!amount.ok) return amount;
    if (amount.value.minor === 0) zero = true;
    else
      found.push({
        side,
        minor: column.negated ? -amount.value.minor : amount.value.minor,
        currency: amount.value.currency,
      });
  }
  const [money, another] = found;
  if (money && another)
    return fail({
      type: 'bothDebitAndCredit',
      debit: cellAt(cells, columns.debit),
      credit: cellAt(cells, columns.credit),
    });
  return money ? ok(money) : fail({ type: zero ? 'zeroAmount' : 'noAmount' });
};

const directAmount = (
  { minor, currency, side }: AmountReading,
  cells: readonly string[],
  columns: MoneyColumns,
  mapping: Mapping,
): Result<RowMoney, RefusalReason> => {
  if (minor === 0) return fail({ type: 'zeroAmount' });
  if (side) return ok({ side: side === 'debit' ? 'out' : 'in', minor: Math.abs(minor), currency });
  const type = cellAt(cells, columns.type);
  if (mapping.signConvention === 'typeColumn') {
    const directed = directByWord(directionWord(type), minor);
    return directed ? ok({ ...directed, currency }) : fail({ type: 'unknownDirection', text: type });
  }
  if (mapping.signConvention === 'allExpenses') {
    const earned =
      [columns.category, columns.type].some((column) => isIncomeCategory(cellAt(cells, column))) ||
      isIncomeText(cellAt(cells, columns.description));
    return ok({ side: earned ? 'in' : 'out', minor, currency });
  }
  const isOut = minor < 0 === (mapping.signConvention !== 'positiveIsExpense');
  return ok({ side: isOut ? 'out' : 'in', minor: Math.abs(minor), currency });
};

/** A minus reverses what the word says. A transfer that names no direction is taken as money leaving. */
const directByWord = (
  word: DirectionWord | undefined,
  minor: number,
): { readonly side: 'out' | 'in'; readonly minor: number } | undefined => {
  if (word === 'refund') return { side: 'in', minor: Math.abs(minor) };
  if (word === 'transfer') return { side: 'out', minor: Math.abs(minor) };
  const side = sideOfWord(word);
  return side ? { side, minor } : undefined;
};
