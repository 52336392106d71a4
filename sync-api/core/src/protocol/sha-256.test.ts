import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { sha256OfByteText } from './sha-256.ts';

const byNode = (text: string): string => createHash('sha256').update(text, 'latin1').digest('hex').slice(0, 32);

describe('SHA-256 of a text of bytes', () => {
  it('[P3] is what a second implementation says, for every length around the ends of blocks', () => {
    for (let length = 0; length <= 260; length++) {
      const text = String.fromCharCode(...Array.from({ length }, (_, index) => (index * 37 + length) % 256));
      expect(sha256OfByteText(text)).toBe(byNode(text));
    }
  });

  it('[P3] is the same for a text put together of parts, and for a long one', () => {
    const part = 'abcdefghij'.repeat(5000);
    expect(sha256OfByteText(part + part)).toBe(byNode(part + part));
  });
});
