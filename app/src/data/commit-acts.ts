import { type Act, type ActError, recordActs } from '@fintrack/sync-core/client';
import { fail, ok, type Result } from '@fintrack/sync-core/protocol';
import type { SaveError } from '../model/ledger.ts';
import type { LedgerDeps } from './ledger-deps.ts';
import { saving } from './saving.ts';

/** Commits a person's acts, all or none, durable when it resolves. At most 1,000 of them. */
export const commitActs = async (
  { store, onSaved }: LedgerDeps,
  acts: readonly Act[],
  at: number,
): Promise<Result<null, SaveError>> => {
  if (acts.length === 0) return ok(null);
  return saving(async () => {
    const recorded = await recordActs(store, acts, { at });
    if (!recorded.ok) return fail(toSaveError(recorded.error));
    onSaved();
    return ok(null);
  });
};

const toSaveError = (error: ActError): SaveError => {
  if (error.type === 'tooMany') throw new Error(`more than ${error.actsMax} acts in one commit`);
  return error.type === 'invalid' ? { type: 'invalid', reason: error.reason } : { type: 'sealed' };
};
