import { describe, expect, it } from 'vitest';
import {
  budgetId,
  builtInCategoryId,
  idOfKey,
  isReplicaId,
  isUuid,
  kindOfKey,
  occurrenceId,
  profileId,
  recordKey,
  settingId,
} from './ids.ts';

const category = '00000000-0000-4000-8000-000000000001';

describe('ids', () => {
  it('[P4] a UUID is written in lower case, of versions 1 to 8', () => {
    expect(isUuid(category)).toBe(true);
    expect(isUuid('00000000-0000-7000-b000-000000000001')).toBe(true);
    for (const text of ['', 5, null, '00000000000040008000000000000001', '00000000-0000-4000-8000-00000000000G']) {
      expect(isUuid(text)).toBe(false);
    }
    expect(isUuid('00000000-0000-0000-8000-000000000001')).toBe(false);
    expect(isUuid('00000000-0000-4000-7000-000000000001')).toBe(false);
    expect(isUuid(`${category}\n`)).toBe(false);
  });

  it('[P4] a replica id is sixteen lower-case hex digits', () => {
    expect(isReplicaId('0123456789abcdef')).toBe(true);
    for (const text of ['0123456789ABCDEF', '0123456789abcde', '0123456789abcdef0', 5]) {
      expect(isReplicaId(text)).toBe(false);
    }
  });

  it('a record key is taken apart as it was put together', () => {
    const key = recordKey('expense', category);
    expect([kindOfKey(key), idOfKey(key)]).toEqual(['expense', category]);
  });
});

describe('derived ids', () => {
  it('[F7] the same facts give the same id on every device, for ever', () => {
    expect(budgetId(category, '2026-03', 'EUR')).toBe('42b72d66-39fc-53da-be0a-b1ac9732c50c');
    expect(occurrenceId(category, '2026-03-01')).toBe('cdfa487e-ce69-54ad-ac98-e64a458cbefb');
    expect(builtInCategoryId('groceries')).toBe('e677fdb2-bcef-558f-b202-961cce881c39');
    expect(profileId).toBe('15f3e4d1-fe06-5d8f-8abe-fb054ace4adf');
    expect(settingId('theme')).toBe('998c7728-c8d5-5817-b776-891a82698f98');
  });

  it('[F7] other facts give another id', () => {
    const ids = [
      budgetId(category, '2026-03', 'EUR'),
      budgetId(category, '2026-04', 'EUR'),
      budgetId(category, '2026-03', 'USD'),
      budgetId(profileId, '2026-03', 'EUR'),
      occurrenceId(category, '2026-03-01'),
      occurrenceId(category, '2026-03-02'),
      builtInCategoryId('a'),
      settingId('a'),
      profileId,
    ];
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.every(isUuid)).toBe(true);
  });
});
