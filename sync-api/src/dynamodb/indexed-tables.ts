import { indexNames } from '../env-names.ts';
import type { RowTables } from './row-item.ts';

/** Kind, table and user_id index of each kind of record that is listed by person. */
export const indexedTables = ({
  expenses,
  income,
  budgets,
}: RowTables): readonly (readonly [kind: string, tableName: string, indexName: string])[] => [
  ['expense', expenses, indexNames.expensesByUserAndDate],
  ['income', income, indexNames.incomeByUserAndDate],
  ['budget', budgets, indexNames.budgetsByUserAndMonth],
];
