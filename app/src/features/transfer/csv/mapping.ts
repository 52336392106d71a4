import type { DateOrder } from './read-date.ts';
import type { DecimalMark } from './read-amount.ts';

/**
 * What a column holds. `payer` is who sent money in, in files that name both sides; `type` is a word per row that says
 * which way the money went or what sort of booking it is; `status` tells bookings that never happened.
 */
export const columnRoles = [
  'date',
  'amount',
  'debit',
  'credit',
  'type',
  'description',
  'payer',
  'note',
  'category',
  'subcategory',
  'currency',
  'balance',
  'account',
  'status',
  'ignore',
] as const;
export type ColumnRole = (typeof columnRoles)[number];

/** Several columns may be notes or ignored; of every other role a file has one. */
export const repeatableRoles: ReadonlySet<ColumnRole> = new Set(['note', 'balance', 'ignore']);

export type Confidence = 'high' | 'medium' | 'low';

/** Why a column has its role. `matching` of `of` filled cells fit. */
export type ColumnReason =
  | { readonly type: 'heading' }
  | { readonly type: 'contents'; readonly matching: number; readonly of: number }
  | { readonly type: 'runningBalance'; readonly matching: number; readonly of: number }
  | { readonly type: 'anotherIsBetter'; readonly than: ColumnRole }
  | { readonly type: 'notNeeded' }
  | { readonly type: 'chosen' };

export type MappedColumn = {
  readonly index: number;
  /** As the file writes it; empty where it has none. */
  readonly heading: string;
  readonly role: ColumnRole;
  readonly confidence: Confidence;
  readonly reason: ColumnReason;
  /** Of a column of money: what stands before decimals. Absent where no cell shows it. */
  readonly decimalMark?: DecimalMark;
  /** Of a debit or credit column whose figures carry a minus by custom: the minus then means nothing. */
  readonly negated?: true;
};

/** How one way of writing dates is read. `invalid` counts cells that are no day in this order. */
export type DateStyle = {
  readonly style: string;
  readonly example: string;
  readonly count: number;
  readonly invalid: number;
  readonly order: DateOrder;
  readonly reason: 'values' | 'rowOrder' | 'otherStyles' | 'locale' | 'chosen';
};

/**
 * Which way money went, by row:
 * - `negativeIsExpense`: a minus is money out, as on an account statement;
 * - `positiveIsExpense`: the reverse, as on a card's statement;
 * - `allExpenses`: a list of spending; only a category or a text that says so (Salary) makes an income;
 * - `typeColumn`: the word in the type column says it, and a minus reverses it;
 * - `separateColumns`: the column the figure stands in says it.
 */
export const signConventions = [
  'negativeIsExpense',
  'positiveIsExpense',
  'allExpenses',
  'typeColumn',
  'separateColumns',
] as const;
export type SignConvention = (typeof signConventions)[number];

export type SignReason =
  | 'runningBalance'
  | 'typeWords'
  | 'minusSigns'
  | 'mostlyPositive'
  | 'noMinus'
  | 'columns'
  | 'chosen';

/** What the person should look at before importing. */
export type Doubt =
  | { readonly type: 'dateOrder'; readonly style: string; readonly example: string; readonly order: DateOrder }
  | { readonly type: 'decimalMark'; readonly column: number; readonly example: string }
  | { readonly type: 'sign'; readonly convention: SignConvention }
  | { readonly type: 'noDateColumn' }
  | { readonly type: 'noAmountColumn' };

export type Mapping = {
  readonly columns: readonly MappedColumn[];
  readonly dateStyles: readonly DateStyle[];
  readonly signConvention: SignConvention;
  readonly signReason: SignReason;
  /** For rows whose cells name no currency. */
  readonly defaultCurrency: string;
  readonly doubts: readonly Doubt[];
};

export const columnOf = (columns: readonly MappedColumn[], role: ColumnRole): MappedColumn | undefined =>
  columns.find((column) => column.role === role);
