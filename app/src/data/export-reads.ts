import { canonicalJson } from '@fintrack/sync-core/protocol';
import { entriesCsvHead, entriesCsvLines } from '../model/entries-csv.ts';
import type { LedgerDatabase } from './database.ts';
import { entryOf, textOf } from './entry-of.ts';
import { monthsWith } from './entry-page.ts';
import { readKind, readMonth } from './stored-lists.ts';
import { toOutboxItem } from './stored-outbox.ts';
import { rowOfText } from './stored-row.ts';

/** Every entry, newest month first, read a month at a time. */
export const exportEntries = async (database: LedgerDatabase): Promise<string> => {
  const categories = new Map(
    (await readKind(database, 'category')).map(({ id, cells }) => [id, textOf(cells['name']?.value)]),
  );
  let text = entriesCsvHead;
  for (const month of await monthsWith(database, undefined)) {
    const rows = await readMonth(database, month);
    const entries = rows.flatMap(({ row }) => entryOf(rowOfText(row)) ?? []);
    text += entriesCsvLines(entries, (id) => categories.get(id) ?? '');
  }
  return text;
};

/** The changes that no server has, as they would be sent, one a line in a list. */
export const exportWaiting = async (database: LedgerDatabase): Promise<string> => {
  const stored = await database.meta.get('replica');
  const changes: string[] = [];
  await database.outbox.orderBy('first').each((item) => {
    const { first, identities, changes: waiting } = toOutboxItem(item);
    for (const [index, change] of waiting.entries())
      changes.push(canonicalJson({ number: first + index, identity: identities[index] ?? '', change }));
  });
  const replica = stored?.name === 'replica' ? stored.value.replica : '';
  return `{"format":"fintrack-waiting","version":1,"replica":"${replica}","changes":[\n${changes.join(',\n')}\n]}\n`;
};
