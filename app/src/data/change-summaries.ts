import { isDeleted, type Row } from '@fintrack/sync-core/client';
import { type Change, deletedGroup, isChange, recordKey } from '@fintrack/sync-core/protocol';
import type { Author, ChangeSummary, Values, WaitingPage } from '../model/history.ts';
import { isEntryKind } from '../model/history.ts';
import type { LedgerDatabase } from './database.ts';
import { authorOf, isCreation, valuesOf } from './fold-history.ts';
import { changesIn, eachKept } from './kept-changes.ts';
import { toOutboxItem } from './stored-outbox.ts';
import { rowOfText } from './stored-row.ts';

/** A line each up to here; what an import or another large act did besides is only counted. */
const linesPerItemMax = 20;

type Line = {
  readonly change: Change;
  readonly identity: string;
  readonly author: Author;
  readonly receivedAt: number | null;
  readonly othersCount: number;
};

/** Changes of entries from every device that are kept here, and those that wait, newest first. */
export const readRecentChanges = async (database: LedgerDatabase, limit: number): Promise<readonly ChangeSummary[]> => {
  const lines: Line[] = [];
  const waiting = await database.outbox.orderBy('first').reverse().limit(limit).toArray();
  for (const item of waiting.map(toOutboxItem)) {
    const found = item.changes.map((change, index) => ({ change, identity: item.identities[index] ?? '' }));
    lines.push(
      ...linesOf(found.map((each) => ({ ...each, author: { type: 'thisDevice' as const }, receivedAt: null }))),
    );
  }
  await eachKept(database, 'newestFirst', (stored) => {
    if (lines.length >= limit) return 'enough';
    const found = changesIn(stored).flatMap((logged) =>
      isChange(logged.change)
        ? [{ ...logged, change: logged.change, author: authorOf(logged), receivedAt: logged.receivedAt }]
        : [],
    );
    lines.push(...linesOf(found));
    return 'more';
  });
  return summaries(database, lines.slice(0, limit));
};

/** Newest first, entries only. */
const linesOf = (changes: readonly Omit<Line, 'othersCount'>[]): readonly Line[] => {
  const ofEntries = changes.filter(({ change }) => isEntryKind(change.kind)).reverse();
  const isLarge = ofEntries.length > linesPerItemMax;
  const shown = isLarge ? ofEntries.slice(0, 1) : ofEntries;
  return shown.map(({ change, identity, author, receivedAt }) => ({
    change,
    identity,
    author,
    receivedAt,
    othersCount: isLarge ? ofEntries.length - 1 : 0,
  }));
};

/** Changes of every kind that the server has not confirmed, in the order in which they are sent. */
export const readWaiting = async (database: LedgerDatabase, from: number, limit: number): Promise<WaitingPage> => {
  const holding = await database.outbox.where('first').belowOrEqual(from).last();
  const start = holding && holding.last >= from ? holding.first : from;
  const items = await database.outbox.where('first').aboveOrEqual(start).limit(limit).toArray();
  const lines: Line[] = [];
  let next: number | null = null;
  for (const { first, changes, identities } of items.map(toOutboxItem)) {
    for (const [index, change] of changes.entries()) {
      if (first + index < from) continue;
      if (lines.length === limit) {
        next ??= first + index;
        break;
      }
      lines.push({
        change,
        identity: identities[index] ?? '',
        author: { type: 'thisDevice' },
        receivedAt: null,
        othersCount: 0,
      });
    }
  }
  const last = items.at(-1);
  if (next === null && last && items.length === limit) next = last.last + 1;
  return { changes: await summaries(database, lines), next };
};

const summaries = async (database: LedgerDatabase, lines: readonly Line[]): Promise<readonly ChangeSummary[]> => {
  const rows = await database.rows.bulkGet(lines.map(({ change }) => recordKey(change.kind, change.id)));
  return lines.map((line, index) => {
    const stored = rows[index];
    return summaryOf(line, stored && rowOfText(stored.row));
  });
};

const summaryOf = ({ change, ...line }: Line, row: Row | undefined): ChangeSummary => {
  const written = Object.entries(change.set ?? {}).flatMap(([group, [value]]) =>
    group === deletedGroup ? [] : [[group, value] as const],
  );
  const values: Values = { ...valuesOf(row), ...Object.fromEntries(written) };
  const { kind, id, at } = change;
  const groups = written.map(([group]) => group);
  return { ...line, kind, id, at, groups, values, what: whatOf(change, row) };
};

const whatOf = (change: Change, row: Row | undefined): ChangeSummary['what'] => {
  if (change.op === 'delete') return 'deleted';
  if (change.op === 'generate') return 'made';
  if (change.set?.[deletedGroup]) return 'restored';
  // A change that saw nothing made the record, or met one that was deleted or is another device's: then it is no news.
  return isCreation(change) && !(row && isDeleted(row) && change.at > (row.deleted?.version.at ?? 0))
    ? 'added'
    : 'changed';
};
