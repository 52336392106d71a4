import type { CalendarDate } from '@fintrack/sync-core/protocol';

/** What tells one entry from another. `text` is an expense's description or an income's source. */
export type EntryLikeness = {
  readonly kind: 'expense' | 'income';
  readonly date: CalendarDate;
  readonly amountMinor: number;
  readonly currency: string;
  readonly text: string;
};

/** Equal for two entries that look the same; letter case, accents' form and spacing do not count. */
export const likenessKey = ({ kind, date, amountMinor, currency, text }: EntryLikeness): string =>
  [kind, date, amountMinor, currency, text.normalize('NFC').toLowerCase().replace(/\s+/g, ' ').trim()].join('|');

/** How often each likeness stands in the ledger, by `likenessKey`. */
export const countLikenesses = (entries: Iterable<EntryLikeness>): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const entry of entries) {
    const key = likenessKey(entry);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
};

/**
 * Which of the new entries the ledger seems to have already, by position. Occurrences are counted: where the ledger has
 * two and the file three, the file's first two are likely the same and the third is new. Real repeats within a file are
 * thus never duplicates of each other.
 */
export const findDuplicates = (
  entries: readonly EntryLikeness[],
  existing: ReadonlyMap<string, number>,
): ReadonlySet<number> => {
  const left = new Map(existing);
  const found = new Set<number>();
  for (const [position, entry] of entries.entries()) {
    const key = likenessKey(entry);
    const count = left.get(key) ?? 0;
    if (count === 0) continue;
    found.add(position);
    left.set(key, count - 1);
  }
  return found;
};
