import type { Transaction } from 'dexie';
import type { StoredImport, StoredMonth } from './database.ts';

/** As version 1 kept them: one record a total, with month, currency, kind and category in its key. */
type TotalOfVersion1 = { readonly key: string; readonly sumMinor: number; readonly count: number };

/** As version 1 marked them: with the import's id, and a word before it once the entry was deleted. */
type RowOfVersion1 = { readonly key: string; readonly importKey?: string };

const rowsPerRead = 2000;

/** Kept totals become one record a month; entries of an import are counted, and no longer found by an index. */
export const toVersion2 = async (transaction: Transaction): Promise<void> => {
  const totals = transaction.table<TotalOfVersion1 | StoredMonth, string>('totals');
  const months = monthsOf((await totals.toArray()) as readonly TotalOfVersion1[]);
  await totals.clear();
  await totals.bulkAdd([...months]);
  await transaction.table<StoredImport, string>('imports').bulkAdd([...(await countImports(transaction))]);
};

const monthsOf = (totals: readonly TotalOfVersion1[]): readonly StoredMonth[] => {
  const months = new Map<string, Record<string, readonly [number, number]>>();
  for (const { key, sumMinor, count } of totals) {
    const [month, name] = [key.slice(0, key.indexOf(' ')), key.slice(key.indexOf(' ') + 1)];
    months.set(month, { ...months.get(month), [name]: [sumMinor, count] });
  }
  return [...months].map(([key, each]) => ({ key, totals: each }));
};

const countImports = async (transaction: Transaction): Promise<readonly StoredImport[]> => {
  const rows = transaction.table<RowOfVersion1, string>('rows').where('key');
  const counts = new Map<string, number>();
  let after = '';
  for (;;) {
    const batch = await rows.above(after).limit(rowsPerRead).toArray();
    for (const { importKey } of batch)
      if (importKey !== undefined && !importKey.startsWith('deleted '))
        counts.set(importKey, (counts.get(importKey) ?? 0) + 1);
    const last = batch.at(-1);
    if (!last || batch.length < rowsPerRead) break;
    after = last.key;
  }
  return [...counts].map(([id, entryCount]) => ({ id, entryCount }));
};
