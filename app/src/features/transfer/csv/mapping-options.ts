import { dateOrderLabels, roleLabels, signLabels } from './csv-messages.ts';
import {
  columnOf,
  columnRoles,
  type ColumnRole,
  type DateStyle,
  type Mapping,
  repeatableRoles,
  type SignConvention,
  signConventions,
} from './mapping.ts';
import { withDateOrder } from './guess-date-styles.ts';
import type { DecimalMark } from './read-amount.ts';
import type { DateOrder } from './read-date.ts';

type Choice<T> = { readonly value: T; readonly label: string };

/** What a person may change in a mapping, ready for menus. */
export type MappingChoices = {
  readonly roles: readonly (Choice<ColumnRole> & { readonly repeatable: boolean })[];
  readonly dateOrders: readonly Choice<DateOrder>[];
  readonly decimalMarks: readonly Choice<DecimalMark>[];
  /** Only those that the mapping's columns allow. */
  readonly signConventions: readonly Choice<SignConvention>[];
};

export const mappingChoices = (mapping: Mapping): MappingChoices => ({
  roles: columnRoles.map((value) => ({ value, label: roleLabels[value], repeatable: repeatableRoles.has(value) })),
  dateOrders: (['dmy', 'mdy', 'ymd'] as const).map((value) => ({ value, label: dateOrderLabels[value] })),
  decimalMarks: [
    { value: '.', label: 'Point: 1,234.56' },
    { value: ',', label: 'Comma: 1.234,56' },
  ],
  signConventions: signConventions
    .filter((value) => isPossible(value, mapping))
    .map((value) => ({ value, label: signLabels[value] })),
});

const isPossible = (convention: SignConvention, { columns }: Mapping): boolean => {
  const hasAmount = columnOf(columns, 'amount') !== undefined;
  if (convention === 'separateColumns') return !hasAmount;
  return hasAmount && (convention !== 'typeColumn' || columnOf(columns, 'type') !== undefined);
};

export const withSignConvention = (mapping: Mapping, signConvention: SignConvention): Mapping => ({
  ...mapping,
  signConvention,
  signReason: 'chosen',
  doubts: mapping.doubts.filter(({ type }) => type !== 'sign'),
});

/** Reads one style of dates in another order; `style` is that of a `DateStyle`. */
export const withStyleOrder = (mapping: Mapping, style: DateStyle['style'], order: DateOrder): Mapping => ({
  ...mapping,
  dateStyles: withDateOrder(mapping.dateStyles, style, order),
  doubts: mapping.doubts.filter((doubt) => doubt.type !== 'dateOrder' || doubt.style !== style),
});

/** Sets the decimal mark of every column of money: a file has one. */
export const withDecimalMark = (mapping: Mapping, decimalMark: DecimalMark): Mapping => ({
  ...mapping,
  columns: mapping.columns.map((column) =>
    ['amount', 'debit', 'credit'].includes(column.role) ? { ...column, decimalMark } : column,
  ),
  doubts: mapping.doubts.filter(({ type }) => type !== 'decimalMark'),
});

export const withDefaultCurrency = (mapping: Mapping, defaultCurrency: string): Mapping => ({
  ...mapping,
  defaultCurrency,
});
