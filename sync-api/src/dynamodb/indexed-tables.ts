import { type RecordKey, recordKey, type SpaceId } from '@fintrack/sync-core/protocol';
import { indexNames } from '../env-names.ts';
import type { RowTables } from './row-item.ts';

export type IndexedTable = {
  readonly tableName: string;
  readonly indexName: string;
  /** Of the row of this id, which is one of the space's. */
  readonly keyOf: (space: SpaceId, rowId: string) => RecordKey;
};

/** The tables that are listed by person. One that holds several kinds of record names them in its ids. */
export const indexedTables = ({
  expenses,
  income,
  budgets,
  advice,
}: Omit<RowTables, 'users'>): readonly IndexedTable[] => [
  { tableName: expenses, indexName: indexNames.expensesByUserAndDate, keyOf: keyOfKind('expense') },
  { tableName: income, indexName: indexNames.incomeByUserAndDate, keyOf: keyOfKind('income') },
  { tableName: budgets, indexName: indexNames.budgetsByUserAndMonth, keyOf: keyOfKind('budget') },
  { tableName: advice, indexName: indexNames.adviceByUser, keyOf: inSpace },
];

const keyOfKind =
  (kind: string): IndexedTable['keyOf'] =>
  (space, rowId) =>
    recordKey(kind, inSpace(space, rowId));

/** What follows the space in a row's id. */
const inSpace = (space: SpaceId, rowId: string): string => rowId.slice(space.length + 1);
