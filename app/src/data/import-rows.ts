import { type Act, isDeleted, isLive, type Row } from '@fintrack/sync-core/client';
import { builtInCategoryId, limits, ok, recordKey, type Result, uuidV5 } from '@fintrack/sync-core/protocol';
import type { Category, ImportRequest, ImportRow, Progress, SaveError } from '../model/ledger.ts';
import { commitActs } from './commit-acts.ts';
import { newEntryValues } from './entry-values.ts';
import type { LedgerDeps } from './ledger-deps.ts';
import { readCategories } from './ledger-reads.ts';
import { categoryValues, foldName, newCategory, restoreAct } from './ledger-writes.ts';
import { withDatabase } from './store-error.ts';
import { rowsOfImport } from './rows-of-import.ts';
import { rowOfText } from './stored-row.ts';

type OnProgress = (progress: Progress) => void;

/**
 * Every row's id is derived from the import and its line, so that a resumed import finds the rows it has already made.
 * The import's own record and its new categories commit first: rows without them cannot be.
 */
export const importRows = async (
  deps: LedgerDeps,
  request: ImportRequest,
  onProgress: OnProgress,
): Promise<Result<null, SaveError>> => {
  const at = deps.now();
  const known = await withDatabase(deps.database, () => readCategories(deps.database));
  const categories = categoriesByName(known, request.rows);
  const acts = await Promise.all(categories.added.map((category) => categoryAct(deps, category)));
  const made = await inChunks(acts, (chunk) => commitActs(deps, chunk, at), noProgress);
  if (!made.ok) return made;
  const begun = await beginImport(deps, request, at);
  if (!begun.ok) return begun;
  const todo = begun.value === 'new' ? request.rows : await missingRows(deps, request);
  const done = request.rows.length - todo.length;
  const total = request.rows.length;
  return inChunks(
    todo,
    (rows) =>
      commitActs(
        deps,
        rows.map((row) => importAct(request.importId, row, categories.idOf(row))),
        at,
      ),
    (count) => onProgress({ done: done + count, total }),
  );
};

const noProgress = (): void => undefined;

const rowId = (importId: string, line: number): string => uuidV5(importId, `line ${line}`);

const importAct = (importId: string, row: ImportRow, categoryId: string | null): Act => ({
  type: 'set',
  kind: row.kind,
  id: rowId(importId, row.line),
  values: { ...newEntryValues({ ...row, categoryId }), import: importId },
});

/** An import that was undone is brought back: its rows with it, as they were. */
const beginImport = async (
  deps: LedgerDeps,
  { importId, fileName, fileSizeBytes, rows }: ImportRequest,
  at: number,
): Promise<Result<'new' | 'resumed', SaveError>> => {
  const stored = await withDatabase(deps.database, () => deps.database.rows.get(recordKey('import', importId)));
  if (stored) {
    if (!isDeleted(rowOfText(stored.row))) return ok('resumed');
    const restored = await restoreImport(deps, importId);
    return restored.ok ? ok('resumed') : restored;
  }
  const values = { file: { name: fileName, sizeBytes: fileSizeBytes }, rows: rows.length, at };
  const begun = await commitActs(deps, [{ type: 'set', kind: 'import', id: importId, values }], at);
  return begun.ok ? ok('new') : begun;
};

/** Without those that are in the ledger or were deleted from it since. */
const missingRows = async (deps: LedgerDeps, { importId, rows }: ImportRequest): Promise<readonly ImportRow[]> => {
  const present = new Set((await readRows(deps, importId)).map(({ id }) => id));
  return rows.filter(({ line }) => !present.has(rowId(importId, line)));
};

const readRows = ({ database }: LedgerDeps, importId: string): Promise<readonly Row[]> =>
  withDatabase(database, () => rowsOfImport(database, importId));

type NamedCategories = {
  readonly idOf: (row: ImportRow) => string | null;
  /** Those that the ledger does not have. */
  readonly added: readonly Category[];
};

/** Ids of new ones come from their names, so that two devices importing one file make the same category [F7]. */
const categoriesByName = (known: readonly Category[], rows: readonly ImportRow[]): NamedCategories => {
  const ids = new Map(known.map(({ id, name }) => [foldName(name), id]));
  const added: Category[] = [];
  for (const { categoryName = '' } of rows) {
    const folded = foldName(categoryName);
    if (folded === '' || ids.has(folded)) continue;
    const name = categoryName.trim().slice(0, limits.nameLengthMax);
    const category = newCategory(namedCategoryId(folded), name, [...known, ...added]);
    ids.set(folded, category.id);
    added.push(category);
  }
  return { added, idOf: (row) => ids.get(foldName(row.categoryName ?? '')) ?? row.categoryId };
};

/** One that was deleted before comes back; one that was renamed since is the same category still. */
const categoryAct = async (deps: LedgerDeps, category: Category): Promise<Act> => {
  const { id } = category;
  const stored = await withDatabase(deps.database, () => deps.database.rows.get(recordKey('category', id)));
  const values = categoryValues(category);
  return stored && isDeleted(rowOfText(stored.row))
    ? { type: 'set', kind: 'category', id, values, restore: true }
    : { type: 'generate', kind: 'category', id, values };
};

const namedCategoryId = (folded: string): string => uuidV5(builtInCategoryId('named'), folded);

export const undoImport = async (
  deps: LedgerDeps,
  importId: string,
  onProgress: OnProgress,
): Promise<Result<null, SaveError>> => {
  const at = deps.now();
  const rows = (await readRows(deps, importId)).filter(isLive);
  const undone = await inChunks(
    rows,
    (chunk) => commitActs(deps, chunk.map(deleteAct), at),
    (done) => onProgress({ done, total: rows.length }),
  );
  return undone.ok ? commitActs(deps, [{ type: 'delete', kind: 'import', id: importId }], at) : undone;
};

const deleteAct = ({ kind, id }: Row): Act => ({ type: 'delete', kind, id });

const restoreImport = async (deps: LedgerDeps, importId: string): Promise<Result<null, SaveError>> => {
  const at = deps.now();
  const rows = (await readRows(deps, importId)).filter(isDeleted);
  const restored = await inChunks(rows, (chunk) => commitActs(deps, chunk.map(restoreAct), at), noProgress);
  if (!restored.ok) return restored;
  const stored = await withDatabase(deps.database, () => deps.database.rows.get(recordKey('import', importId)));
  const record = stored && rowOfText(stored.row);
  return record && isDeleted(record) ? commitActs(deps, [restoreAct(record)], at) : restored;
};

/** Commits chunk after chunk until one fails; each is one packed item of the outbox [D1]. */
const inChunks = async <T>(
  all: readonly T[],
  commit: (chunk: T[]) => Promise<Result<null, SaveError>>,
  onDone: (count: number) => void,
): Promise<Result<null, SaveError>> => {
  for (let from = 0; from < all.length; from += limits.changesPerPushMax) {
    const chunk = all.slice(from, from + limits.changesPerPushMax);
    const committed = await commit(chunk);
    if (!committed.ok) return committed;
    onDone(from + chunk.length);
  }
  return ok(null);
};
