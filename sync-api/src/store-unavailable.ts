/**
 * The database did not answer, or asked for patience, for longer than the adapter's own tries last. Thrown, because a
 * read has no other way to say it; the HTTP handler answers 503 with the delay, everything else tries again later.
 */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
  readonly delayMs: number;

  constructor(delayMs: number, cause: unknown) {
    super('the database is unavailable', { cause });
    this.delayMs = delayMs;
  }
}
