import { describe, expect, it } from 'vitest';
import { storageNotice, type StorageNoticeType, type StorageSeen } from './storage-notice.ts';

const seen: StorageSeen = {
  census: { ledger: 'l', isLocal: true, entryCount: 49, waiting: 0, hasDeleted: false },
  facts: { keep: 'mayBeCleared', usageBytes: 1, quotaBytes: 100, isLikelyPrivate: false, problems: [] },
  eviction: null,
  backup: null,
  problems: [],
};
const facts = { ...seen.facts, keep: 'mayBeCleared', problems: [], quotaBytes: 100 } as const;
const eviction = { ledger: 'l', entryCount: 3, waiting: 0, at: 1 };
const typeOf = (part: Partial<StorageSeen>, hidden: readonly StorageNoticeType[] = []) =>
  storageNotice({ ...seen, ...part }, (type) => hidden.includes(type))?.type;

describe('the line about storage', () => {
  it('is absent where nothing needs a person', () => {
    expect(typeOf({})).toBeUndefined();
    expect(typeOf({ facts: undefined })).toBeUndefined();
  });

  it('warns from four fifths of the room on', () => {
    expect(typeOf({ facts: { ...facts, usageBytes: 79, isLikelyPrivate: false } })).toBeUndefined();
    expect(typeOf({ facts: { ...facts, usageBytes: 80, isLikelyPrivate: false } })).toBe('nearlyFull');
  });

  it('warns of a private window only who writes into it without an account', () => {
    const privately = { facts: { ...facts, usageBytes: 1, isLikelyPrivate: true } };
    expect(typeOf(privately)).toBe('private');
    expect(typeOf({ ...privately, census: { ...seen.census, isLocal: false } })).toBeUndefined();
    expect(typeOf({ ...privately, census: { ...seen.census, entryCount: 0 } })).toBeUndefined();
  });

  it('asks for a file once fifty entries are in none and on no server', () => {
    const grown = { census: { ...seen.census, entryCount: 150 } };
    expect(typeOf(grown)).toBe('backUp');
    expect(typeOf({ ...grown, backup: { entryCount: 101, at: 5 } })).toBeUndefined();
    expect(typeOf({ ...grown, backup: { entryCount: 100, at: null } })).toBe('backUp');
    expect(typeOf({ census: { ...grown.census, isLocal: false } })).toBeUndefined();
  });

  it('is the gravest of several, and the next once that is put away', () => {
    const all = { eviction, facts: { ...facts, usageBytes: 99, isLikelyPrivate: true } };
    expect(typeOf(all)).toBe('evicted');
    expect(typeOf(all, ['evicted'])).toBe('nearlyFull');
    expect(typeOf(all, ['evicted', 'nearlyFull'])).toBe('private');
  });
});
