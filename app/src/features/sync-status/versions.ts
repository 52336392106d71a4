import { type Json, sameJson } from '@fintrack/sync-core/protocol';
import { type Author, type EntryHistory, type HistoryEvent, isEntryKind, type Values } from '../../model/history.ts';
import type { LostValue } from '../../model/ledger.ts';

export type VersionRow = {
  readonly group: string;
  readonly stands: Json | undefined;
  readonly other: Json | undefined;
  readonly isDifferent: boolean;
};

/** One side of a conflict: who typed it and when, where that is known here. */
export type Side = { readonly author: Author | undefined; readonly at: number | undefined };

export type Versions = {
  /** Those that differ first. */
  readonly rows: readonly VersionRow[];
  readonly stands: Side;
  readonly other: Side;
  /** The values that had lost. */
  readonly lost: Values;
  readonly isDifferent: boolean;
};

/** In the order in which people read an entry. */
const fields = {
  expense: ['amount', 'description', 'category', 'date', 'note'],
  income: ['amount', 'source', 'date', 'note'],
};

/** Both versions of a record, field by field: as it stands now, and with the values that lost. */
export const versionsOf = (lost: readonly LostValue[], history: EntryHistory): Versions => {
  const { kind, shown, events } = history;
  const values: Values = Object.fromEntries(lost.map(({ group, value }) => [group, value]));
  const groups = [...new Set([...(isEntryKind(kind) ? fields[kind] : []), ...Object.keys(values)])];
  const rows = groups.map((group): VersionRow => {
    const stands = shown[group];
    const other = Object.hasOwn(values, group) ? values[group] : stands;
    return { group, stands, other, isDifferent: !sameJson(stands ?? null, other ?? null) };
  });
  return {
    rows: [...rows.filter(({ isDifferent }) => isDifferent), ...rows.filter(({ isDifferent }) => !isDifferent)],
    stands: sideOf(
      lost.map(({ to }) => to),
      events,
    ),
    other: sideOf(
      lost.map(({ by }) => by),
      events,
    ),
    lost: values,
    isDifferent: rows.some(({ isDifferent }) => isDifferent),
  };
};

const sideOf = (identities: readonly string[], events: readonly HistoryEvent[]): Side => {
  const event = events.find(({ identity }) => identities.includes(identity));
  return { author: event?.author, at: event?.at };
};
