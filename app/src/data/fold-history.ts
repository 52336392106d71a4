import {
  foldChange,
  isDeleted,
  isLive,
  type JournalRecord,
  overlay,
  type PendingChange,
  type Row,
} from '@fintrack/sync-core/client';
import { type Change, deletedGroup, isChange, sameJson } from '@fintrack/sync-core/protocol';
import type { Author, GroupChange, HistoryEvent, LoggedChange, Values } from '../model/history.ts';

type Epochs = Parameters<typeof foldChange>[3]['epochs'];

export type HistorySource = {
  /** In log order; a change may be there twice, from the server and from this device. */
  readonly logged: readonly LoggedChange[];
  /** Own changes that the log does not hold yet, oldest first. */
  readonly pending: readonly PendingChange[];
  readonly epochs: Epochs;
};

/** What became of one record, change by change, oldest first, by the fold itself: what it says is what happened. */
export const foldHistory = ({ logged, pending, epochs }: HistorySource): readonly HistoryEvent[] => {
  const events: HistoryEvent[] = [];
  const seen = new Set<string>();
  let row: Row | undefined;
  for (const each of logged) {
    if (seen.has(each.identity) || !isChange(each.change)) continue;
    seen.add(each.identity);
    if (each.reason) {
      events.push(refusedEvent(each, each.change, each.reason));
      continue;
    }
    const context = { seq: each.seq, receivedAt: each.receivedAt, epochs };
    const folded = foldChange(row, each.change, each.identity, context);
    const event = eventOf(row, folded.row, each.change, each.identity, folded.journal);
    row = folded.row;
    if (event) events.push({ ...event, author: authorOf(each), receivedAt: each.receivedAt });
  }
  for (const each of pending) {
    if (seen.has(each.identity)) continue;
    const after = overlay(row, [each]);
    const event = eventOf(row, after, each.change, each.identity, []);
    row = after;
    if (event) events.push({ ...event, author: { type: 'thisDevice' }, receivedAt: null });
  }
  return events;
};

export const authorOf = ({ identity, isOwn }: Pick<LoggedChange, 'identity' | 'isOwn'>): Author => {
  if (isOwn) return { type: 'thisDevice' };
  const colon = identity.indexOf(':');
  return colon === -1 ? { type: 'server' } : { type: 'otherDevice', replica: identity.slice(0, colon) };
};

export const valuesOf = (row: Row | undefined): Values =>
  Object.fromEntries(Object.entries(row?.cells ?? {}).map(([group, { value }]) => [group, value]));

const writtenValues = (change: Change): Values =>
  Object.fromEntries(
    Object.entries(change.set ?? {}).flatMap(([group, [value]]) => (group === deletedGroup ? [] : [[group, value]])),
  );

const refusedEvent = (
  each: LoggedChange,
  change: Change,
  reason: NonNullable<LoggedChange['reason']>,
): HistoryEvent => ({
  identity: each.identity,
  what: 'refused',
  author: authorOf(each),
  at: change.at,
  receivedAt: each.receivedAt,
  groups: Object.entries(writtenValues(change)).map(([group, after]) => ({ group, after, outcome: 'lost' })),
  metDelete: false,
  reason,
  values: writtenValues(change),
});

/** What one change did; nothing where it did nothing that a person would call a change. */
const eventOf = (
  before: Row | undefined,
  after: Row | undefined,
  change: Change,
  identity: string,
  journal: readonly JournalRecord[],
): Omit<HistoryEvent, 'author' | 'receivedAt'> | undefined => {
  const what = whatOf(before, after, change, journal);
  if (!what) return undefined;
  const groups = groupChanges(before, change, identity, journal);
  if (what === 'changed' && groups.length === 0) return undefined;
  return {
    identity,
    what,
    at: change.at,
    groups,
    metDelete: change.op !== 'delete' && journal.some(({ type }) => type === 'editMetDelete'),
    values: { ...valuesOf(after), ...writtenValues(change) },
  };
};

const whatOf = (
  before: Row | undefined,
  after: Row | undefined,
  change: Change,
  journal: readonly JournalRecord[],
): HistoryEvent['what'] | undefined => {
  if (change.op === 'delete') {
    if (after && isDeleted(after)) return before && isDeleted(before) ? undefined : 'deleted';
    return journal.length > 0 || after ? 'deleteMissed' : undefined;
  }
  if (change.op === 'generate') return before ? undefined : 'added';
  if (before && isDeleted(before)) return isLive(after) ? 'restored' : undefined;
  return before || !isCreation(change) ? 'changed' : 'added';
};

/** Its author saw nothing of the record before. */
export const isCreation = (change: Change): boolean =>
  change.op !== 'delete' &&
  Object.values(change.set ?? {}).every(([, base = 0, over]) => base === 0 && over === undefined);

const groupChanges = (
  before: Row | undefined,
  change: Change,
  identity: string,
  journal: readonly JournalRecord[],
): readonly GroupChange[] =>
  Object.entries(writtenValues(change)).flatMap(([group, after]): readonly GroupChange[] => {
    const was = before?.cells[group]?.value;
    const conflict = journal.find((record) => record.type === 'lost' && record.group === group);
    if (was !== undefined && sameJson(was, after)) return [];
    const outcome = conflict?.type !== 'lost' ? 'set' : conflict.by === identity ? 'lost' : 'won';
    return [{ group, after, outcome, ...(was === undefined ? {} : { before: was }) }];
  });
