import { fail, type Result } from '@fintrack/sync-core/protocol';
import type { SaveError } from '../model/ledger.ts';
import { PartMissingError } from './load-part.ts';
import { StoreError } from './store-error.ts';

/** A save of several steps: what the database would not do in any of them, reading too, is what the form is told. */
export const saving = async <T, E = SaveError>(
  work: () => Promise<Result<T, E>>,
): Promise<Result<T, E | SaveError>> => {
  try {
    return await work();
  } catch (error) {
    return fail(saveErrorOf(error));
  }
};

/** What a form is told; anything that is no failure of storage or loading is a bug and goes on. */
const saveErrorOf = (error: unknown): SaveError => {
  if (error instanceof PartMissingError) return { type: 'notLoaded' };
  if (!(error instanceof StoreError)) throw error;
  return error.problem === 'storage' ? { type: 'storage', why: error.message } : { type: error.problem };
};
