import { type CalendarDate, fail, limits, ok, type Result } from '@fintrack/sync-core/protocol';
import { columnOf, type ColumnRole, type DateStyle, type Mapping } from './mapping.ts';
import { dateOfCell, readDateCell } from './read-date.ts';
import { type MoneyColumns, moneyColumns, readRowMoney, type RowMoney } from './read-row-money.ts';
import { type CsvTable, isWholeRow, type TableRow } from './read-table.ts';
import type { RefusalReason } from './refusal.ts';
import {
  isBalanceLine,
  isNeverHappened,
  isPaymentText,
  isRefund,
  isTransfer,
  isTransferText,
  startsLikeSummary,
} from './row-words.ts';

/** An entry as a file's row has it. Texts are trimmed and may be empty. */
export type CsvEntry = {
  readonly line: number;
  readonly kind: 'expense' | 'income';
  readonly date: CalendarDate;
  /** Minor units. Positive, save for spending paid back (an expense below zero) and income taken back. */
  readonly amountMinor: number;
  readonly currency: string;
  readonly description: string;
  readonly note: string;
  readonly categoryName: string;
  /** Of an income: who paid, by description or else category. Empty for an expense. */
  readonly source: string;
  /** The account's or card's name, in files of several. */
  readonly account: string;
  /** Money moved between a person's own accounts: neither spent nor earned. */
  readonly transfer?: true;
};

export type RefusedRow = {
  readonly line: number;
  readonly reason: RefusalReason;
  readonly cells: readonly string[];
};

export type ReadRows = { readonly entries: readonly CsvEntry[]; readonly refused: readonly RefusedRow[] };

/** Name of the built-in category of transfers. */
export const transfersCategory = 'Transfers';

/**
 * Every row becomes an entry or is refused with one reason; none is dropped.
 *
 * Money in is income, except: what the row calls a refund (a word in its type or description, taxes aside) is spending
 * taken back, an expense below zero. On a card's statement (`positiveIsExpense`) all other money in is a refund too,
 * or, where the row speaks of a payment, a transfer from the account that paid the card. A transfer is an expense under
 * `Transfers`, below zero where the money came in, so that the two sides of one cancel and neither is spent or earned.
 */
export const rowsToEntries = (table: CsvTable, mapping: Mapping, homeCurrency: string): ReadRows => {
  const context = contextOf(table, mapping, homeCurrency);
  const entries: CsvEntry[] = [];
  const refused: RefusedRow[] = [];
  for (const row of table.rows) {
    const entry = readRow(row, context);
    if (entry.ok) entries.push(entry.value);
    else refused.push({ line: row.line, reason: entry.error, cells: row.cells });
  }
  return { entries, refused };
};

type Context = {
  readonly table: CsvTable;
  readonly mapping: Mapping;
  readonly homeCurrency: string;
  readonly money: MoneyColumns;
  readonly styles: ReadonlyMap<string, DateStyle>;
  readonly places: ReadonlyMap<ColumnRole, number>;
  readonly notes: readonly number[];
};

const contextOf = (table: CsvTable, mapping: Mapping, homeCurrency: string): Context => ({
  table,
  mapping,
  homeCurrency,
  money: moneyColumns(mapping),
  styles: new Map(mapping.dateStyles.map((style) => [style.style, style])),
  places: new Map(
    (['date', 'description', 'payer', 'category', 'subcategory', 'account', 'type', 'status'] as const).flatMap(
      (role) => {
        const column = columnOf(mapping.columns, role);
        return column ? [[role, column.index] as const] : [];
      },
    ),
  ),
  notes: mapping.columns.filter(({ role }) => role === 'note').map(({ index }) => index),
});

const readRow = (row: TableRow, context: Context): Result<CsvEntry, RefusalReason> => {
  const shape = shapeProblem(row, context);
  if (shape) return fail(shape);
  const cells = row.brokenQuote ? row.cells.map((cell) => cell.replace(/^"|"$/g, '')) : row.cells;
  const text = rowTexts(cells, context);
  if (isBalanceLine(text.description)) return fail({ type: 'summaryLine' });
  if (isNeverHappened(text.status)) return fail({ type: 'neverHappened', text: text.status });
  const date = readDate(cells, context);
  // A dated "Total" may be the filling station of that name.
  const isTotal = !date.ok && date.error.type === 'noDate' && cells.some(startsLikeSummary);
  if (isTotal) return fail({ type: 'summaryLine' });
  if (!date.ok) return date;
  const money = readRowMoney(cells, context.money, context);
  if (!money.ok) return money;
  const entry = toEntry(row.line, date.value, money.value, text, context);
  const long = tooLong(entry);
  return long ? fail(long) : ok(entry);
};

/** A total or a remark, a heading that comes again, or cells that are too few or too many. */
const shapeProblem = (row: TableRow, { table }: Context): RefusalReason | undefined => {
  if (row.summary) return { type: 'summaryLine' };
  const fits = isWholeRow(row, table);
  if (!fits && row.brokenQuote) return { type: 'brokenQuote' };
  if (!fits) return { type: 'wrongCellCount', found: row.cells.length, expected: table.width };
  const isHeading = table.header.some((heading) => heading !== '');
  return isHeading && table.header.every((heading, index) => (row.cells[index] ?? '').trim() === heading)
    ? { type: 'repeatedHeading' }
    : undefined;
};

const readDate = (cells: readonly string[], { places, styles }: Context): Result<CalendarDate, RefusalReason> => {
  const place = places.get('date');
  if (place === undefined) return fail({ type: 'noDateColumn' });
  const text = (cells[place] ?? '').trim();
  if (text === '') return fail({ type: 'noDate' });
  const cell = readDateCell(text);
  if (!cell) return fail({ type: 'unreadableDate', text });
  const date = dateOfCell(cell, cell.order === 'open' ? (styles.get(cell.style)?.order ?? 'dmy') : 'ymd');
  return date === undefined ? fail({ type: 'impossibleDate', text }) : ok(date);
};

type RowTexts = Readonly<
  Record<'description' | 'payer' | 'note' | 'category' | 'subcategory' | 'account' | 'type' | 'status', string>
>;

// Line breaks, tabs and runs of spaces become one space; other control characters go.
const oneLine = (text: string): string =>
  text
    // oxlint-disable-next-line no-control-regex
    .replace(/[\u0000-\u0008\u000e-\u001f\u007f]/g, '')
    .replace(/\s+/g, ' ')
    .trim();

const rowTexts = (cells: readonly string[], { places, notes }: Context): RowTexts => {
  const at = (role: ColumnRole): string => {
    const index = places.get(role);
    return index === undefined ? '' : oneLine(cells[index] ?? '');
  };
  const noteTexts = notes.map((index) => oneLine(cells[index] ?? '')).filter((note) => note !== '');
  return {
    description: at('description'),
    payer: at('payer'),
    note: [...new Set(noteTexts)].join(' · '),
    category: at('category'),
    subcategory: at('subcategory'),
    account: at('account'),
    type: at('type'),
    status: at('status'),
  };
};

const toEntry = (line: number, date: CalendarDate, money: RowMoney, text: RowTexts, { mapping }: Context): CsvEntry => {
  const payee = money.side === 'in' && text.payer !== '' ? text.payer : text.description;
  const description =
    [payee, text.note, text.subcategory, text.category, text.type].find((found) => found !== '') ?? '';
  const own = text.category === '' ? text.subcategory : text.category;
  const subcategory = own === text.subcategory ? '' : text.subcategory;
  const spoken = `${description} ${text.note} ${subcategory}`;
  const onCard = mapping.signConvention === 'positiveIsExpense' && money.side === 'in';
  const isPayment = onCard && !isRefund(text.type, spoken) && isPaymentText(spoken);
  // Words in the text decide only where the file files the row under nothing: rent paid by bank transfer is rent.
  const transfer = isTransfer(text.type, own) || (own === '' && (isPayment || isTransferText(spoken)));
  const refund = money.side === 'in' && !transfer && (onCard || isRefund(text.type, spoken));
  const categoryName = transfer ? transfersCategory : own;
  const replaced = transfer && !isTransfer('', own) ? own : '';
  const note = [text.note, subcategory, replaced].filter((found) => found !== '' && found !== description).join(' · ');
  const isIncome = money.side === 'in' && !refund && !transfer;
  return {
    line,
    kind: isIncome ? 'income' : 'expense',
    date,
    amountMinor: refund || (transfer && money.side === 'in') ? -money.minor : money.minor,
    currency: money.currency,
    description,
    note,
    categoryName,
    source: isIncome ? description || categoryName : '',
    account: text.account,
    ...(transfer ? { transfer: true as const } : {}),
  };
};

const tooLong = ({ description, note, categoryName }: CsvEntry): RefusalReason | undefined => {
  const { textLengthMax, nameLengthMax } = limits;
  if (description.length > textLengthMax)
    return { type: 'tooLong', field: 'description', length: description.length, lengthMax: textLengthMax };
  if (note.length > textLengthMax)
    return { type: 'tooLong', field: 'note', length: note.length, lengthMax: textLengthMax };
  if (categoryName.length > nameLengthMax)
    return { type: 'tooLong', field: 'category', length: categoryName.length, lengthMax: nameLengthMax };
  return undefined;
};
