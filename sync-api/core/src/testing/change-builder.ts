import { type Change, chainHash, chainStart, identityOf, type Write } from '../protocol/change.ts';
import type { ChangesEntry, Rejection } from '../protocol/log-entry.ts';

/** A UUID from a small number, for tests that name records. */
export const testId = (number: number): string => `00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;

/** A replica id from one letter. */
export const testReplica = (letter: string): string => letter.charCodeAt(0).toString(16).padStart(16, '0');

/** Stamps changes as a replica would and makes log entries of them. */
export const createAuthor = (replica: string) => {
  let number = 0;
  let hash = chainStart;
  return {
    replica,
    /** The entry that a push of these changes becomes at `seq`. */
    entry(
      seq: number,
      changes: readonly Change[],
      more: { readonly receivedAt?: number; readonly rejected?: readonly Rejection[] } = {},
    ): ChangesEntry {
      const previous = hash;
      const first = number + 1;
      for (const change of changes) {
        hash = chainHash(hash, change);
        number += 1;
      }
      return {
        type: 'changes',
        seq,
        epoch: 1,
        receivedAt: more.receivedAt ?? 1_000_000 + seq,
        replica,
        first,
        previous,
        hash,
        changes,
        rejected: more.rejected ?? [],
      };
    },
    /** Identity of the change stamped last. */
    lastIdentity: () => identityOf(replica, number, hash),
  };
};

/** When the changes of `typed` were typed, unless told otherwise. */
export const typedAt = 5000;

/** An expense's groups as typed; a bare value is one typed on nothing. */
export const typed = (set: Readonly<Record<string, Write>>, more: Partial<Change> = {}): Change => ({
  kind: 'expense',
  id: testId(1),
  at: typedAt,
  set,
  ...more,
});

/** The same expense deleted, by an author who saw this. */
export const erased = (see: Change['see'] = {}, more: Partial<Change> = {}): Change => ({
  kind: 'expense',
  id: testId(1),
  at: typedAt,
  op: 'delete',
  see,
  ...more,
});
