import type { ReplicaMeta } from '@fintrack/sync-core/client';
import type { DeletedEntry } from '../model/history.ts';
import type { StoredRow } from './database.ts';
import { entryOfCells } from './entry-of.ts';
import { authorOf } from './fold-history.ts';
import type { LedgerDeps } from './ledger-deps.ts';
import { readList } from './stored-lists.ts';
import { deletedEntries, rowOfText } from './stored-row.ts';

export const readDeletedEntries = async (
  { database, store, isLocal }: Pick<LedgerDeps, 'database' | 'store' | 'isLocal'>,
  limit: number,
): Promise<{ readonly entries: readonly DeletedEntry[]; readonly hasMore: boolean }> => {
  const meta = await store.transact(async (reads) => ({ result: await reads.meta() }));
  const rows = await readList(database, deletedEntries, limit + 1);
  const entries = rows.slice(0, limit).flatMap((row) => toDeletedEntry(row, meta, isLocal) ?? []);
  return { entries, hasMore: rows.length > limit };
};

const toDeletedEntry = (stored: StoredRow, meta: ReplicaMeta, isLocal: boolean): DeletedEntry | undefined => {
  const row = rowOfText(stored.row);
  const entry = entryOfCells(row);
  if (!entry || !row.deleted) return undefined;
  const { by, at } = row.deleted.version;
  return {
    ...entry,
    isPending: !isLocal && stored.pending !== undefined,
    deletedAt: at,
    deletedBy: authorOf({ identity: by, isOwn: by.startsWith(`${meta.replica}:`) }),
  };
};
