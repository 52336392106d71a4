import type { Act, Sight } from '@fintrack/sync-core/client';
import { isDeleted, isLive, type Row } from '@fintrack/sync-core/client';
import { budgetId, fail, type Json, ok, profileId, recordKey, type Result } from '@fintrack/sync-core/protocol';
import type { Category, EntryDraft, EntryKind, Ledger, Profile, SavedEntry, SaveError } from '../model/ledger.ts';
import { commitActs } from './commit-acts.ts';
import { entryOf } from './entry-of.ts';
import { changedEntryValues, newEntryValues } from './entry-values.ts';
import type { LedgerDeps } from './ledger-deps.ts';
import { readCategories } from './ledger-reads.ts';
import { withDatabase } from './store-error.ts';
import { rowOfText } from './stored-row.ts';

export const deleteRecord = (
  deps: LedgerDeps,
  kind: string,
  id: string,
  sight?: Sight,
): Promise<Result<null, SaveError>> =>
  commitActs(deps, [{ type: 'delete', kind, id, ...(sight ? { sight } : {}) }], deps.now());

const readRow = ({ database }: LedgerDeps, kind: string, id: string): Promise<Row | undefined> =>
  withDatabase(database, async () => {
    const stored = await database.rows.get(recordKey(kind, id));
    return stored && rowOfText(stored.row);
  });

export const saveEntry = async (deps: LedgerDeps, draft: EntryDraft): Promise<Result<SavedEntry, SaveError>> => {
  const at = deps.now();
  const { kind } = draft;
  const id = draft.id ?? deps.newId();
  const row = draft.id === undefined ? undefined : await readRow(deps, kind, id);
  const saved = await commitActs(deps, saveActs(id, draft, row), at);
  return saved.ok ? ok({ kind, id }) : saved;
};

const saveActs = (id: string, draft: EntryDraft, row: Row | undefined): readonly Act[] => {
  const { kind, before = entryOf(row) } = draft;
  const sight = draft.before?.sight;
  // Deleted while its form was closed: saving it is a restore. While it was open: the edit did not know, and tells so.
  if (row && isDeleted(row) && !sight) return [{ type: 'set', kind, id, values: newEntryValues(draft), restore: true }];
  if (!row || !before) return [{ type: 'set', kind, id, values: newEntryValues(draft) }];
  const values = changedEntryValues(draft, before);
  return Object.keys(values).length === 0 ? [] : [{ type: 'set', kind, id, values, ...(sight ? { sight } : {}) }];
};

export const restoreEntry = async (deps: LedgerDeps, kind: EntryKind, id: string): Promise<Result<null, SaveError>> => {
  const row = await readRow(deps, kind, id);
  return commitActs(deps, row && isDeleted(row) ? [restoreAct(row)] : [], deps.now());
};

/** Undoes a delete with the row's own values. */
export const restoreAct = ({ kind, id, cells }: Row): Act => {
  const values = Object.fromEntries(Object.entries(cells).map(([group, { value }]) => [group, value]));
  return { type: 'set', kind, id, values, restore: true };
};

export const setBudget = async (
  deps: LedgerDeps,
  { categoryId, month, amountMinor, currency, before }: Parameters<Ledger['setBudget']>[0],
): Promise<Result<null, SaveError>> => {
  const id = budgetId(categoryId, month, currency);
  const row = await readRow(deps, 'budget', id);
  // What the derived id stands for is written once and never edited [F7].
  const of = row?.cells['of'] ? {} : { of: { category: categoryId, month, currency } };
  const values = { ...of, amount: { minor: amountMinor, currency } };
  // Deleted before its field was typed in: a restore. While it was: the edit did not know, and tells so [F5].
  const restore = row && isDeleted(row) && !before ? ({ restore: true } as const) : {};
  // One that came in while a first was typed was not seen either.
  const sight = before ? before.sight : isLive(row) ? sawNothing : undefined;
  const act: Act = { type: 'set', kind: 'budget', id, values, ...restore, ...(sight ? { sight } : {}) };
  return commitActs(deps, [act], deps.now());
};

const sawNothing: Sight = { epoch: 1, bases: {} };

/** One that is there under the same name, whatever its case, is answered as it is. */
export const addCategory = async (deps: LedgerDeps, name: string): Promise<Result<Category, SaveError>> => {
  const categories = await withDatabase(deps.database, () => readCategories(deps.database));
  const known = categories.find((category) => foldName(category.name) === foldName(name));
  if (known) return ok(known);
  const category = newCategory(deps.newId(), name.trim(), categories);
  const saved = await commitActs(
    deps,
    [{ type: 'set', kind: 'category', id: category.id, values: categoryValues(category) }],
    deps.now(),
  );
  return saved.ok ? ok(category) : fail(saved.error);
};

/** The same on every device: ids are made of it, so neither the device's language nor the accents' form may count [F7]. */
export const foldName = (name: string): string => name.normalize('NFC').trim().toLowerCase();

/** Stands last, in the next of the ten hues. */
export const newCategory = (id: string, name: string, others: readonly Category[]): Category => {
  const order = Math.max(-1, ...others.map((each) => each.order)) + 1;
  return { id, name, hue: order % 10, icon: 'other', order };
};

export const categoryValues = ({ name, hue, icon, order }: Category): Readonly<Record<string, Json>> => ({
  name,
  look: { hue, icon },
  order,
});

export const updateProfile = async (
  deps: LedgerDeps,
  { name, currency, locale, monthStart }: Partial<Profile>,
): Promise<Result<null, SaveError>> => {
  const row = await readRow(deps, 'profile', profileId);
  const typed = Object.entries({ name, currency, locale, monthStart });
  const values: Record<string, Json> = {};
  for (const [group, value] of typed)
    if (value !== undefined && row?.cells[group]?.value !== value) values[group] = value;
  if (Object.keys(values).length === 0) return ok(null);
  const restore = row && !isLive(row) ? ({ restore: true } as const) : {};
  return commitActs(deps, [{ type: 'set', kind: 'profile', id: profileId, values, ...restore }], deps.now());
};
