import type { Act } from '@fintrack/sync-core/client';
import {
  fail,
  idOfKey,
  type Json,
  keptBothId,
  kindOfKey,
  ok,
  type Result,
  sameJson,
} from '@fintrack/sync-core/protocol';
import { isDeleted } from '@fintrack/sync-core/client';
import type { EntryHistory, GroupChange, HistoryEvent, Undone, Values } from '../model/history.ts';
import type { Notice, Resolution, SaveError } from '../model/ledger.ts';
import { commitActs } from './commit-acts.ts';
import { dismissalAct } from './dismissal-writes.ts';
import { resolvedReason } from './dismissals.ts';
import { valuesOf } from './fold-history.ts';
import type { LedgerDeps } from './ledger-deps.ts';

import { readHistory } from './record-history.ts';
import { withDatabase } from './store-error.ts';
import { rowOfText } from './stored-row.ts';

export { setDismissal } from './dismissal-writes.ts';
export { freezeForecasts } from './forecast-writes.ts';

/** Every way back is a new act with sight: nothing is rewound, so that it is safe whatever other devices did meanwhile. */

export const restoreVersion = (
  deps: LedgerDeps,
  { kind, id, shown, isDeleted: isGone, sight }: EntryHistory,
  { values }: HistoryEvent,
): Promise<Result<null, SaveError>> => {
  const wanted = isGone ? values : differing(values, shown);
  if (Object.keys(wanted).length === 0) return Promise.resolve(ok(null));
  const restore = isGone ? ({ restore: true } as const) : {};
  return commitActs(deps, [{ type: 'set', kind, id, values: wanted, sight, ...restore }], deps.now());
};

const differing = (values: Values, shown: Values): Values =>
  Object.fromEntries(Object.entries(values).filter(([group, value]) => !sameJson(value, shown[group] ?? null)));

/** Without `identity`, the last change that this device made on the record. */
export const undoChange = async (
  deps: LedgerDeps,
  kind: string,
  id: string,
  identity?: string,
): Promise<Result<Undone, SaveError>> => {
  const history = await readHistory(deps, kind, id);
  const event = history.events.find((each) =>
    identity === undefined ? each.author.type === 'thisDevice' && each.what !== 'refused' : each.identity === identity,
  );
  const undo = event ? undoOf(history, event) : nothingToUndo;
  const saved = await commitActs(deps, undo.acts, deps.now());
  return saved.ok ? ok({ undone: undo.undone, skipped: undo.skipped }) : fail(saved.error);
};

type Undo = Undone & { readonly acts: readonly Act[] };
const nothingToUndo: Undo = { acts: [], undone: 0, skipped: 0 };

const undoOf = (history: EntryHistory, event: HistoryEvent): Undo => {
  const { kind, id, isDeleted: isGone, shown, sight } = history;
  const one = (act: Act): Undo => ({ acts: [act], undone: 1, skipped: 0 });
  switch (event.what) {
    case 'refused':
    case 'deleteMissed':
      return nothingToUndo;
    case 'deleted':
      return isGone ? one({ type: 'set', kind, id, values: shown, restore: true, sight }) : nothingToUndo;
    case 'added':
    case 'restored':
      return isGone ? nothingToUndo : one({ type: 'delete', kind, id, sight });
    case 'changed':
      return isGone ? { ...nothingToUndo, skipped: event.groups.length } : undoGroups(history, event.groups);
  }
};

/** Only what still stands as the change left it goes back. */
const undoGroups = ({ kind, id, shown, sight }: EntryHistory, groups: readonly GroupChange[]): Undo => {
  const stands = groups.filter(
    ({ group, after, outcome }) => outcome !== 'lost' && sameJson(shown[group] ?? null, after),
  );
  const back = stands.flatMap(({ group, before }) => {
    const value = before ?? emptyValues[group];
    return value === undefined ? [] : [[group, value] as const];
  });
  const values = Object.fromEntries(back);
  return {
    acts: back.length === 0 ? [] : [{ type: 'set', kind, id, values, sight }],
    undone: back.length,
    skipped: groups.length - back.length,
  };
};

/** What a group says that was never written; others cannot be taken back to nothing. */
const emptyValues: Readonly<Record<string, Json>> = { note: '', description: '', source: '', category: null };

/** What was decided and that it was decided, in one act: no device sees the one without the other. */
export const resolveNotice = async (
  deps: LedgerDeps,
  { key, ids }: Pick<Notice, 'key' | 'ids'>,
  how: Resolution,
): Promise<Result<null, SaveError>> => {
  const acts = key === null ? [] : await resolvingActs(deps, key, ids, how);
  const dismissals = await Promise.all(ids.map((id) => dismissalAct(deps, id, resolvedReason)));
  return commitActs(deps, [...acts, ...dismissals], deps.now());
};

const resolvingActs = async (
  deps: LedgerDeps,
  key: string,
  ids: readonly string[],
  how: Resolution,
): Promise<readonly Act[]> => {
  const [kind, id] = [kindOfKey(key), idOfKey(key)];
  switch (how.type) {
    case 'keep':
      return [];
    case 'take':
      return [await takeAct(deps, key, how)];
    case 'delete':
      return [{ type: 'delete', kind, id, sight: how.sight }];
    case 'keepBoth':
      return [await secondEntry(deps, key, ids, how.values)];
  }
};

/** A record that was deleted since comes back: whoever chooses a value of it wants it. */
const takeAct = async (
  { database }: LedgerDeps,
  key: string,
  { values, sight }: Extract<Resolution, { type: 'take' }>,
): Promise<Act> => {
  const stored = await withDatabase(database, () => database.rows.get(key));
  const restore = stored && isDeleted(rowOfText(stored.row)) ? ({ restore: true } as const) : {};
  return { type: 'set', kind: kindOfKey(key), id: idOfKey(key), values, sight, ...restore };
};

/** With an id made of the notice's, so that two devices which keep both have two entries, not three. */
const secondEntry = async (deps: LedgerDeps, key: string, ids: readonly string[], values: Values): Promise<Act> => {
  // An import taken back must not take this with it: it was chosen by hand.
  const { import: _, ...shown } = await shownValues(deps, key);
  return { type: 'set', kind: kindOfKey(key), id: keptBothId(ids[0] ?? key), values: { ...shown, ...values } };
};

const shownValues = ({ database }: LedgerDeps, key: string): Promise<Values> =>
  withDatabase(database, async () => {
    const stored = await database.rows.get(key);
    return valuesOf(stored && rowOfText(stored.row));
  });
