import { type Change, deletedGroup } from '../protocol/change.ts';
import type { Identity } from '../protocol/ids.ts';
import { type Cell, isDeleted, pendingSeq, type Row, type Version } from '../row.ts';

/** One of a record's own changes that the log does not hold yet. */
export type PendingChange = {
  readonly number: number;
  readonly change: Change;
  readonly identity: Identity;
  readonly claimed: boolean;
};

/** What the person sees: the confirmed row with own pending changes laid over, oldest first. */
export const overlay = (confirmed: Row | undefined, pending: readonly PendingChange[]): Row | undefined =>
  pending.reduce(lay, confirmed);

/**
 * The pending changes without deletes that will not hold. A delete typed on an older sight than another own pending
 * edit (two tabs) did not see that edit, so the fold will keep the row [F5], and the screen keeps it too.
 */
export const effective = (confirmed: Row | undefined, pending: readonly PendingChange[]): readonly PendingChange[] => {
  let row = confirmed;
  return pending.filter((each) => {
    const holds = !row || each.change.op !== 'delete' || seesPending(row, each.change);
    row = lay(row, each);
    return holds;
  });
};

const seesPending = (row: Row, deletion: Change): boolean =>
  Object.entries(row.cells).every(
    ([group, { version }]) =>
      version.seq !== pendingSeq || version.generated || deletion.see?.[group]?.[1] === version.by,
  );

const lay = (row: Row | undefined, { change, identity, claimed }: PendingChange): Row | undefined => {
  if (row && change.op === 'delete' && !seesPending(row, change)) return row;
  const base: Row = row ?? { kind: change.kind, id: change.id, seq: pendingSeq, cells: {} };
  const version: Version = { seq: pendingSeq, at: change.at, by: identity };
  if (change.op === 'delete') return claimed && row ? row : { ...base, deleted: { value: true, version } };
  const yields = claimed || change.op === 'generate';
  if (yields && row && isDeleted(row)) return row;
  const cells: Record<string, Cell> = { ...base.cells };
  for (const [group, [value]] of Object.entries(change.set ?? {})) {
    if (group === deletedGroup || (yields && cells[group])) continue;
    cells[group] = { value, version: change.op === 'generate' ? { ...version, generated: true } : version };
  }
  return isDeleted(base) ? { ...base, cells, deleted: { value: false, version } } : { ...base, cells };
};
