import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { adviceVersion } from './advice.ts';
import { goldenHashes, goldenText } from './testing/golden-advice.ts';

describe('the golden advice', () => {
  it('is what this version of the rules says', () => {
    expect(createHash('sha256').update(goldenText()).digest('hex')).toBe(goldenHashes[adviceVersion]);
  });

  it('differs from version to version, the newest being this one', () => {
    expect(Math.max(...Object.keys(goldenHashes).map(Number))).toBe(adviceVersion);
    const hashes = Object.values(goldenHashes);
    expect(new Set(hashes).size).toBe(hashes.length);
  });
});
