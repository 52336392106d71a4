import { type Act, isDeleted } from '@fintrack/sync-core/client';
import { dismissalId, recordKey, type Result } from '@fintrack/sync-core/protocol';
import type { Ledger, SaveError } from '../model/ledger.ts';
import { commitActs } from './commit-acts.ts';
import { dismissalKind } from './dismissals.ts';
import type { LedgerDeps } from './ledger-deps.ts';
import { withDatabase } from './store-error.ts';
import { rowOfText } from './stored-row.ts';

/** The same whoever makes it and wherever: two that meet are no conflict [F3]. */
export const dismissalAct = async (
  { database }: Pick<LedgerDeps, 'database'>,
  insight: string,
  reason: string,
): Promise<Act> => {
  const id = dismissalId(insight);
  const stored = await withDatabase(database, () => database.rows.get(recordKey(dismissalKind, id)));
  const restore: { restore?: true } = stored && isDeleted(rowOfText(stored.row)) ? { restore: true } : {};
  return { type: 'set', kind: dismissalKind, id, values: { insight, reason }, ...restore };
};

/** `reason` null takes back whatever was said of the insight. */
export const setDismissal = async (
  deps: LedgerDeps,
  { insight, reason }: Parameters<Ledger['setDismissal']>[0],
): Promise<Result<null, SaveError>> => {
  const act: Act =
    reason === null
      ? { type: 'delete', kind: dismissalKind, id: dismissalId(insight) }
      : await dismissalAct(deps, insight, reason);
  return commitActs(deps, [act], deps.now());
};
