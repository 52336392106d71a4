import type { Row } from '@fintrack/sync-core/client';
import type { LedgerDatabase } from './database.ts';
import { rowOfText } from './stored-row.ts';

const rowsPerRead = 2000;

/**
 * Rows that came with an import, deleted ones too. Looks at the text of every entry in the ledger, two seconds for
 * 100,000: an index would cost every save, import and pull some of its time, and hardly anybody takes an import back.
 */
export const rowsOfImport = async (database: LedgerDatabase, importId: string): Promise<readonly Row[]> => {
  const found: Row[] = [];
  for (const kind of ['expense', 'income']) {
    for (let after = `${kind}/`; ; ) {
      const batch = await database.rows
        .where('key')
        .between(after, `${kind}0`, false, false)
        .limit(rowsPerRead)
        .toArray();
      for (const { row: text } of batch) {
        const row = text.includes(importId) ? rowOfText(text) : undefined;
        if (row?.cells['import']?.value === importId) found.push(row);
      }
      const last = batch.at(-1);
      if (!last || batch.length < rowsPerRead) break;
      after = last.key;
    }
  }
  return found;
};
