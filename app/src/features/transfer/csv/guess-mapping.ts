import { sampleRows } from './column-stats.ts';
import { guessColumns } from './guess-columns.ts';
import { guessDateStyles } from './guess-date-styles.ts';
import { decimalEvidence } from './guess-decimal-mark.ts';
import { guessSign, type SignGuess } from './guess-sign.ts';
import { currencyInHeading, matchHeading } from './heading-words.ts';
import {
  columnOf,
  type ColumnRole,
  type Doubt,
  type MappedColumn,
  type Mapping,
  repeatableRoles,
  type SignConvention,
} from './mapping.ts';
import { chooseCurrency, currenciesOf, type DecimalMark, splitAmountCell } from './read-amount.ts';
import type { DateOrder } from './read-date.ts';
import { type CsvTable, isWholeRow } from './read-table.ts';

export type MappingOptions = {
  /** How the person's locale writes dates in digits; used only where the file leaves it open. */
  readonly localeDateOrder: DateOrder;
  /** The same for decimals. */
  readonly localeDecimalMark?: DecimalMark;
  /** For files that name no currency, and to choose among dollars. */
  readonly homeCurrency: string;
};

/** Reads from headings and cells what each column holds and how its figures and dates are written. */
export const guessMapping = (table: CsvTable, options: MappingOptions): Mapping =>
  completeMapping(table, guessColumns(table), options);

/**
 * The mapping with one column in another role. What follows from the roles (dates, marks, signs) is found anew. A role
 * that only one column can have is taken from the column that had it.
 */
export const withRole = (
  table: CsvTable,
  mapping: Mapping,
  change: { readonly index: number; readonly role: ColumnRole },
  options: MappingOptions,
): Mapping => {
  const columns = mapping.columns.map((column): MappedColumn => {
    if (column.index === change.index)
      return { ...column, role: change.role, confidence: 'high', reason: { type: 'chosen' } };
    return column.role === change.role && !repeatableRoles.has(change.role)
      ? { ...column, role: 'ignore', confidence: 'high', reason: { type: 'anotherIsBetter', than: change.role } }
      : column;
  });
  const chosen = mapping.signReason === 'chosen' ? mapping.signConvention : undefined;
  return completeMapping(table, columns, options, chosen);
};

const moneyRoles: ReadonlySet<ColumnRole> = new Set(['amount', 'debit', 'credit']);

const completeMapping = (
  table: CsvTable,
  roles: readonly MappedColumn[],
  options: MappingOptions,
  chosen?: SignConvention,
): Mapping => {
  const rows = sampleRows(table);
  const whole = table.rows.filter((row) => !row.summary && isWholeRow(row, table));
  const cellsOf = (index: number): readonly string[] => whole.map(({ cells }) => cells[index] ?? '');
  const marks = decimalMarks(roles, cellsOf, options);
  const columns = roles.map((column) => withMoneyFacts(column, marks.get(column.index)?.mark, cellsOf));
  const date = columnOf(columns, 'date');
  const dateStyles = date ? guessDateStyles(cellsOf(date.index), options.localeDateOrder) : [];
  const sign: SignGuess = chosen ? { convention: chosen, reason: 'chosen' } : guessSign(columns, rows);
  const unmarked = columns.flatMap(({ index, role }): Doubt[] => {
    const open = marks.get(index)?.open;
    return open !== undefined && moneyRoles.has(role) ? [{ type: 'decimalMark', column: index, example: open }] : [];
  });
  return {
    columns,
    dateStyles,
    signConvention: sign.convention,
    signReason: sign.reason,
    defaultCurrency: defaultCurrency(table, columns, options),
    doubts: [...doubtsOf(columns, sign), ...dateDoubts(dateStyles), ...unmarked],
  };
};

type Mark = { readonly mark: DecimalMark | undefined; readonly open?: string };

/** Each column's own evidence first, then the file's other columns of money, then the locale (which stays a doubt). */
const decimalMarks = (
  columns: readonly MappedColumn[],
  cellsOf: (index: number) => readonly string[],
  options: MappingOptions,
): ReadonlyMap<number, Mark> => {
  const found = columns
    .filter(({ role }) => moneyRoles.has(role) || role === 'balance')
    .map(({ index }) => [index, decimalEvidence(cellsOf(index))] as const);
  const shared = [...new Set(found.map(([, { mark }]) => mark).filter((mark) => mark !== undefined))];
  return new Map(
    found.map(([index, { mark, open }]): [number, Mark] => {
      const known = mark ?? (shared.length === 1 ? shared[0] : undefined);
      if (known || open === undefined) return [index, { mark: known }];
      return [index, { mark: options.localeDecimalMark, open }];
    }),
  );
};

const withMoneyFacts = (
  column: MappedColumn,
  mark: DecimalMark | undefined,
  cellsOf: (index: number) => readonly string[],
): MappedColumn => {
  const { decimalMark: _mark, negated: _negated, ...plain } = column;
  const signs = column.role === 'debit' || column.role === 'credit' ? cellsOf(column.index).filter(isNonZero) : [];
  const negatives = signs.filter((cell) => /[-\u2212\u2013(]/.test(splitAmountCell(cell).text)).length;
  const negated = signs.length > 0 && negatives > signs.length / 2;
  return { ...plain, ...(mark ? { decimalMark: mark } : {}), ...(negated ? { negated: true as const } : {}) };
};

const isNonZero = (cell: string): boolean => /[1-9]/.test(cell);

/** A heading of money names it (`Betrag (EUR)`), or a line above the table (`Währung;EUR`), or it is the home currency. */
const defaultCurrency = (table: CsvTable, columns: readonly MappedColumn[], options: MappingOptions): string => {
  const headings = columns.filter(({ role }) => moneyRoles.has(role) || role === 'balance');
  const named = headings.flatMap(({ heading }) => currencyInHeading(heading));
  const above = table.preambleRows.flatMap(({ cells }) =>
    cells.flatMap((cell, index) =>
      matchHeading(cell.replace(/:$/, '')).some(({ role }) => role === 'currency')
        ? currenciesOf(cells[index + 1] ?? '')
        : [],
    ),
  );
  return chooseCurrency(named.length > 0 ? named : above, options.homeCurrency) ?? options.homeCurrency;
};

const doubtsOf = (columns: readonly MappedColumn[], sign: SignGuess): Doubt[] => {
  const has = (role: ColumnRole): boolean => columnOf(columns, role) !== undefined;
  return [
    ...(has('date') ? [] : [{ type: 'noDateColumn' } as const]),
    ...(has('amount') || has('debit') || has('credit') ? [] : [{ type: 'noAmountColumn' } as const]),
    ...(sign.reason === 'mostlyPositive' || sign.reason === 'noMinus'
      ? [{ type: 'sign', convention: sign.convention } as const]
      : []),
  ];
};

const dateDoubts = (styles: ReturnType<typeof guessDateStyles>): Doubt[] =>
  styles
    .filter(({ reason }) => reason === 'locale')
    .map(({ style, example, order }) => ({ type: 'dateOrder', style, example, order }));
