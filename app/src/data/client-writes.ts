import type { ClientWrites, RecordWrite } from '@fintrack/sync-core/client';
import type { StoredImport, StoredMonth, StoredReplica, StoredRow, StoredShadow } from './database.ts';
import { answerOf, type LedgerTransaction } from './ledger-transaction.ts';
import { toStoredKeptItem, toStoredNotice, toStoredOutboxItem } from './stored-outbox.ts';
import { rowText, toStoredRow } from './stored-row.ts';
import { addTotals, type TotalChanges, totalChanges } from './totals.ts';

/**
 * Totals of the months that this tab wrote last, as they stand after so many writes of the ledger by any tab: the next
 * entry is most often of the same month, and its totals need not be read.
 */
export type SeenMonths = { readonly writeCount: number; readonly months: ReadonlyMap<string, StoredMonth | undefined> };

export const noMonths: SeenMonths = { writeCount: 0, months: new Map() };

/** What became of one transaction's writes; `writeCount` numbers it among all that wrote to the ledger. */
export type WriteOutcome = {
  readonly months: SeenMonths;
  readonly writeCount: number;
  /** Of records that were written. */
  readonly keys: readonly string[];
};

/** More are not worth their memory: only a person who types has use for them. */
const seenMonthsMax = 3;

/**
 * Hands everything over to the transaction, at once what needs no reading. What it answers counts only once the
 * transaction is complete.
 */
export const writeAll = async (
  transaction: LedgerTransaction,
  stored: StoredReplica,
  writes: ClientWrites,
  seen: SeenMonths,
): Promise<WriteOutcome> => {
  const records = writes.records ?? [];
  const changes = totalChanges(records);
  putOutbox(transaction, writes);
  putRecords(transaction, records);
  const [months] = await Promise.all([
    putMonths(transaction, changes, stored.writeCount === seen.writeCount ? seen.months : noMonths.months),
    putImports(transaction, changes),
    putNotices(transaction, writes),
  ]);
  const writeCount = (stored.writeCount ?? 0) + 1;
  const entryCount = stored.entryCount + changes.entryCount;
  if (writes.meta !== stored.value || records.length > 0 || months.size > 0)
    transaction.put('meta', [{ ...stored, value: writes.meta, entryCount, writeCount } satisfies StoredReplica]);
  return {
    months: months.size > 0 && months.size <= seenMonthsMax ? { writeCount, months } : noMonths,
    writeCount,
    keys: records.map(({ key }) => key),
  };
};

const putOutbox = (
  { put, remove }: LedgerTransaction,
  { outboxDelete = [], outboxPut = [], keep = [], keepDelete = [] }: ClientWrites,
): void => {
  remove(
    'kept',
    keepDelete.map(({ epoch, seq }) => [epoch, seq]),
  );
  remove('outbox', outboxDelete);
  put('outbox', outboxPut.map(toStoredOutboxItem));
  put('kept', keep.map(toStoredKeptItem));
};

const putRecords = ({ put, remove }: LedgerTransaction, records: readonly RecordWrite[]): void => {
  const gone: string[] = [];
  const rows: StoredRow[] = [];
  const shadowsGone: string[] = [];
  const shadows: StoredShadow[] = [];
  for (const { key, before, after } of records) {
    const stored = toStoredRow(key, after);
    if (stored) rows.push(stored);
    else gone.push(key);
    if (after.pending.length > 0 && after.confirmed) {
      if (after.confirmed !== before.confirmed || before.pending.length === 0)
        shadows.push({ key, row: rowText(after.confirmed) });
    } else if (before.pending.length > 0 && before.confirmed) shadowsGone.push(key);
  }
  remove('rows', gone);
  put('rows', rows);
  remove('shadow', shadowsGone);
  put('shadow', shadows);
};

const putMonths = async (
  transaction: LedgerTransaction,
  { months: changes }: TotalChanges,
  seen: SeenMonths['months'],
): Promise<SeenMonths['months']> => {
  const store = transaction.store('totals');
  const known = await Promise.all(
    [...changes.keys()].map(
      async (month): Promise<StoredMonth | undefined> =>
        seen.has(month) ? seen.get(month) : answerOf(store.get(month)),
    ),
  );
  const months = new Map([...changes].map(([month, each], index) => [month, addTotals(month, known[index], each)]));
  const left = [...months.values()].filter((month) => month !== undefined);
  const gone = [...months].flatMap(([key, month]) => (month ? [] : [key]));
  transaction.put('totals', left);
  transaction.remove('totals', gone);
  return months;
};

const putImports = async (transaction: LedgerTransaction, { imports: changes }: TotalChanges): Promise<void> => {
  if (changes.size === 0) return;
  const store = transaction.store('imports');
  const ids = [...changes.keys()];
  const known = await Promise.all(ids.map((id) => answerOf<StoredImport | undefined>(store.get(id))));
  const counts = ids.map((id, index) => ({
    id,
    entryCount: (known[index]?.entryCount ?? 0) + (changes.get(id) ?? 0),
  }));
  transaction.put(
    'imports',
    counts.filter(({ entryCount }) => entryCount !== 0),
  );
  transaction.remove(
    'imports',
    counts.flatMap(({ id, entryCount }) => (entryCount === 0 ? [id] : [])),
  );
};

const putNotices = async (transaction: LedgerTransaction, { journal = [] }: ClientWrites): Promise<void> => {
  if (journal.length === 0) return;
  const store = transaction.store('journal');
  const notices = journal.map(toStoredNotice);
  const known = await Promise.all(notices.map(({ id }) => answerOf(store.getKey(id))));
  // One that is there already stays as it is: it may have been dismissed.
  transaction.put(
    'journal',
    notices.filter((_, index) => known[index] === undefined),
  );
};
