import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Budget, Entry } from '@fintrack/advisor-core';
import type { CalendarMonth, SpaceId } from '@fintrack/sync-core/protocol';
import * as v from 'valibot';
import { indexNames } from '../env-names.ts';
import type { LedgerReader } from '../routes/advice.ts';
import type { RowTables } from './row-item.ts';
import { orUnavailable } from './sdk-failure.ts';

/** Of 1 MB each: a month of some 60,000 entries, more than anyone types or imports. */
const pagesMax = 64;

/** What a newer program writes in another shape is as good as absent: it must not cost a person all advice. */
const orAbsent = <T>(schema: v.GenericSchema<unknown, T>) => v.fallback(v.optional(schema), undefined);

const columns = {
  id: v.string(),
  amount: orAbsent(v.pipe(v.number(), v.safeInteger())),
  currency: orAbsent(v.string()),
  category: orAbsent(v.string()),
};
const entrySchema = v.object({ ...columns, date: v.string() });
const budgetSchema = v.object({ ...columns, month: v.string() });

/** Reads one month through the tables' user_id indexes, which lag behind the tables a little. */
export const createLedgerReader = (
  client: DynamoDBDocumentClient,
  tables: Pick<RowTables, 'expenses' | 'income' | 'budgets'>,
): LedgerReader => ({
  async readMonth(space, month) {
    const inMonth = { sortKey: 'date', from: `${month}-01`, to: `${month}-31` };
    const [expenses, income, budgets] = await Promise.all([
      queryIndex(client, {
        tableName: tables.expenses,
        indexName: indexNames.expensesByUserAndDate,
        space,
        ...inMonth,
      }),
      queryIndex(client, { tableName: tables.income, indexName: indexNames.incomeByUserAndDate, space, ...inMonth }),
      queryIndex(client, {
        tableName: tables.budgets,
        indexName: indexNames.budgetsByUserAndMonth,
        space,
        sortKey: 'month',
        from: month,
        to: month,
      }),
    ]);
    return {
      entries: [...expenses.flatMap(toEntry('expense', space)), ...income.flatMap(toEntry('income', space))],
      budgets: budgets.flatMap(toBudget(space)),
    };
  },
});

type IndexQuery = {
  readonly tableName: string;
  readonly indexName: string;
  readonly space: SpaceId;
  readonly sortKey: string;
  readonly from: string;
  readonly to: string;
};

/** Every page of it. */
const queryIndex = async (client: DynamoDBDocumentClient, query: IndexQuery): Promise<readonly unknown[]> => {
  const items: unknown[] = [];
  let from: Record<string, unknown> | undefined;
  for (let pages = 0; pages < pagesMax; pages++) {
    const read = new QueryCommand({
      TableName: query.tableName,
      IndexName: query.indexName,
      KeyConditionExpression: '#user = :user AND #sort BETWEEN :from AND :to',
      ProjectionExpression: '#id, #sort, #category, #amount, #currency',
      ExpressionAttributeNames: {
        '#user': 'user_id',
        '#sort': query.sortKey,
        '#id': 'id',
        '#category': 'category',
        '#amount': 'amount',
        '#currency': 'currency',
      },
      ExpressionAttributeValues: { ':user': query.space, ':from': query.from, ':to': query.to },
      ExclusiveStartKey: from,
    });
    const page = await orUnavailable(client.send(read));
    items.push(...(page.Items ?? []));
    from = page.LastEvaluatedKey;
    if (from === undefined) return items;
  }
  throw new Error(`a month holds more than ${pagesMax} pages`);
};

/** A row without an amount yet adds nothing to any sum, here and on a device; a category of another shape is none. */
const toEntry =
  (kind: Entry['kind'], space: SpaceId) =>
  (item: unknown): readonly Entry[] => {
    const { id, date, amount, currency, category } = v.parse(entrySchema, item);
    if (amount === undefined || currency === undefined) return [];
    return [{ kind, id: recordIdOf(space, id), date, amountMinor: amount, currency, categoryId: category ?? null }];
  };

const toBudget =
  (space: SpaceId) =>
  (item: unknown): readonly Budget[] => {
    const { id, month, amount, currency, category } = v.parse(budgetSchema, item);
    if (amount === undefined || currency === undefined || category === undefined) return [];
    return [
      {
        id: recordIdOf(space, id),
        month: month satisfies CalendarMonth,
        amountMinor: amount,
        currency,
        categoryId: category,
      },
    ];
  };

const recordIdOf = (space: SpaceId, rowId: string): string => rowId.slice(space.length + 1);
