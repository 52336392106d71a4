import { describe, expect, it } from 'vitest';
import { idOfKey, isReplicaId, isUuid, kindOfKey, recordKey } from './ids.ts';

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
