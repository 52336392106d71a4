import type { Census } from '../model/storage.ts';
import type { LedgerDeps } from './ledger-deps.ts';
import { readList } from './stored-lists.ts';
import { deletedEntries } from './stored-row.ts';

export const readCensus = async ({ database, isLocal }: Pick<LedgerDeps, 'database' | 'isLocal'>): Promise<Census> => {
  const [stored, deleted] = await Promise.all([database.meta.get('replica'), readList(database, deletedEntries, 1)]);
  const replica = stored?.name === 'replica' ? stored : undefined;
  const waiting = replica ? replica.value.nextNumber - 1 - replica.value.confirmedNumber : 0;
  return {
    ledger: database.name,
    isLocal,
    entryCount: replica?.entryCount ?? 0,
    waiting: isLocal ? 0 : waiting,
    hasDeleted: deleted.length > 0,
  };
};
