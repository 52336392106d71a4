import { partMissing } from '../model/ledger.ts';

/** A file of the app that is loaded when it is needed, and could not be: no network before it was in the cache. */
export class PartMissingError extends Error {
  constructor(options?: ErrorOptions) {
    super('a part of the app could not be loaded', options);
    this.name = partMissing;
  }
}

/** Loads a part of the app; asked again, it is tried again. Rejects with `PartMissingError`. */
export const loadPart = async <T>(load: () => Promise<T>): Promise<T> => {
  try {
    return await load();
  } catch (cause) {
    throw new PartMissingError({ cause });
  }
};
