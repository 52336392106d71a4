import type { Dismissal } from '../model/ledger.ts';
import type { LedgerDatabase } from './database.ts';
import { dismissalKind, feedbackOf, resolvedReason } from './dismissals.ts';
import { readKind } from './stored-lists.ts';

/** What was said of insights and of entries; not of notices, which are dealt with for good. */
export const readDismissals = async (database: LedgerDatabase): Promise<readonly Dismissal[]> =>
  (await readKind(database, dismissalKind)).flatMap((row) => {
    const said = feedbackOf(row);
    return said && said.reason !== resolvedReason ? [said] : [];
  });
