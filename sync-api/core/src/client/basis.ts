import { baseInLog } from '../base-in-log.ts';
import { type Basis, deletedGroup } from '../protocol/change.ts';
import type { EpochMark } from '../protocol/log-entry.ts';
import { isDeleted, type Row, versionOf } from '../row.ts';
import { effective, overlay, type PendingChange } from './overlay.ts';
import type { RecordState, ReplicaMeta } from './ports.ts';

/** What somebody saw of one record: a basis for every group on the screen, `deleted` included. Plain data. */
export type Sight = { readonly epoch: number; readonly bases: Readonly<Record<string, Basis>> };

/** The sight of a record as it stands; an act that is typed on it carries it, however long the typing takes. */
export const sightOf = (state: RecordState, pending: readonly PendingChange[], meta: ReplicaMeta): Sight => {
  const groups = new Set([
    ...Object.keys(state.confirmed?.cells ?? {}),
    ...Object.keys(state.shown?.cells ?? {}),
    ...pending.flatMap(({ change }) => Object.keys(change.set ?? {})),
    deletedGroup,
  ]);
  const held = effective(state.confirmed, pending);
  const bases = [...groups].sort().map((group) => [group, basisOf(group, state.confirmed, held, meta.epochs)] as const);
  return { epoch: meta.epoch, bases: Object.fromEntries(bases) };
};

/**
 * [F2] What the author of a new change saw of one group; `pending` without deletes that do not hold.
 *
 * An own pending change on the screen lends its base and is named by `over`; otherwise it is the confirmed value's
 * position. A pending delete covers every group until a pending typed change brings the row back, with a restore or
 * from a sight that was older than the delete; a pending generated or claimed change covers nothing where something else
 * stood on the screen.
 */
export const basisOf = (
  group: string,
  confirmed: Row | undefined,
  pending: readonly PendingChange[],
  epochs: readonly EpochMark[],
): Basis => {
  let isRestored = false;
  for (let index = pending.length - 1; index >= 0; index--) {
    const each = pending[index] as PendingChange;
    const { change } = each;
    if (isHidden(each, confirmed, pending.slice(0, index), group)) continue;
    if (change.op === undefined) isRestored = true;
    if (change.op === 'delete') {
      if (isRestored && group !== deletedGroup) continue;
      const [base, over] = change.see?.[group] ?? [0];
      const own = group === deletedGroup ? each.identity : over;
      return basis(baseInLog(base, change.epoch ?? 1, epochs), own);
    }
    const write = change.set?.[group];
    if (write) return basis(baseInLog(write[1] ?? 0, change.epoch ?? 1, epochs), each.identity);
  }
  return basis(confirmed ? (versionOf(confirmed, group)?.seq ?? 0) : 0, undefined);
};

/** [F7] [D9] What a program made or a claim brought shows only where there is nothing yet. */
const isHidden = (
  { change, claimed }: PendingChange,
  confirmed: Row | undefined,
  earlier: readonly PendingChange[],
  group: string,
): boolean => {
  if (change.op !== 'generate' && !claimed) return false;
  const row = overlay(confirmed, earlier);
  if (!row) return false;
  return change.op !== undefined || isDeleted(row) || versionOf(row, group) !== undefined;
};

const basis = (base: number, over: string | undefined): Basis => (over === undefined ? [base] : [base, over]);
