import { epochsAfter, foldEntry, type JournalRecord, openEntry } from '../fold.ts';
import type { Change } from '../protocol/change.ts';
import { xorHex } from '../protocol/hash.ts';
import { type Identity, type RecordKey, recordKey } from '../protocol/ids.ts';
import type { EpochMark, LogEntry, Rejection } from '../protocol/log-entry.ts';
import { emptyDigest, type Row } from '../row.ts';
import { createAuthor, testId, testReplica } from './change-builder.ts';

type More = { readonly receivedAt?: number; readonly rejected?: readonly Rejection[] };

/** A log that folds each entry as it is appended. Authors are named by a letter and stamp as replicas do. */
export const createTestLog = () => {
  const authors = new Map<string, ReturnType<typeof createAuthor>>();
  const entries: LogEntry[] = [];
  const rows = new Map<RecordKey, Row>();
  const journal: JournalRecord[] = [];
  let epochs: readonly EpochMark[] = [];
  let digest = emptyDigest;

  const take = (entry: LogEntry): void => {
    const folded = foldEntry(entry, openEntry(entry).changes, (key) => rows.get(key), epochs);
    for (const [key, row] of folded.rows) rows.set(key, row);
    journal.push(...folded.journal);
    digest = xorHex(digest, folded.digestChange);
    epochs = epochsAfter(entry, epochs);
    entries.push(entry);
  };
  return {
    entries,
    rows,
    journal,
    take,
    digest: () => digest,
    /** Appends what this author did and gives the identity of its last change. */
    append(letter: string, changes: Change | readonly Change[], more: More = {}): Identity {
      const author = authors.get(letter) ?? createAuthor(testReplica(letter));
      authors.set(letter, author);
      take(author.entry(entries.length + 1, Array.isArray(changes) ? changes : [changes as Change], more));
      return author.lastIdentity();
    },
    /** The row of an expense by its small number. */
    row: (number = 1): Row | undefined => rows.get(recordKey('expense', testId(number))),
    /** Values of that row by group. */
    values: (number = 1): Readonly<Record<string, unknown>> =>
      Object.fromEntries(
        Object.entries(rows.get(recordKey('expense', testId(number)))?.cells ?? {}).map(([group, cell]) => [
          group,
          cell.value,
        ]),
      ),
    lost: () => journal.flatMap((each) => (each.type === 'lost' ? [each.value] : [])),
  };
};

export type TestLog = ReturnType<typeof createTestLog>;
