import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashText, utf8SizeBytes, uuidV5, xorHex } from './hash.ts';

const anyText = fc.string({ unit: 'grapheme', maxLength: 40 });
const anyHash = fc
  .array(fc.integer({ min: 0, max: 255 }), { minLength: 16, maxLength: 16 })
  .map((bytes) => Buffer.from(bytes).toString('hex'));

describe('hashText', () => {
  it('[P3] is the first half of SHA-256 of the UTF-8 text', () => {
    expect(hashText('abc')).toBe('ba7816bf8f01cfea414140de5dae2223');
    fc.assert(
      fc.property(anyText, (text) => {
        expect(hashText(text)).toBe(createHash('sha256').update(text, 'utf8').digest('hex').slice(0, 32));
      }),
    );
  });
});

describe('utf8SizeBytes', () => {
  it('[P7] counts what the text takes on the wire', () => {
    fc.assert(fc.property(anyText, (text) => utf8SizeBytes(text) === Buffer.byteLength(text, 'utf8')));
  });
});

describe('xorHex', () => {
  it('[P8] adds a member to a digest and takes it out again, in any order', () => {
    fc.assert(
      fc.property(anyHash, anyHash, anyHash, (a, b, c) => {
        expect(xorHex(xorHex(a, b), b)).toBe(a);
        expect(xorHex(a, b)).toBe(xorHex(b, a));
        expect(xorHex(xorHex(a, b), c)).toBe(xorHex(a, xorHex(b, c)));
        expect(xorHex(a, a)).toBe('0'.repeat(32));
      }),
    );
  });
});

describe('uuidV5', () => {
  const dns = '6ba7b810-9dad-11d1-80b4-00c04fd430c8';
  it('[F7] gives the ids that RFC 9562 and other programs publish', () => {
    expect(uuidV5(dns, 'www.example.com')).toBe('2ed6657d-e927-568b-95e1-2665a8aea6a2');
    expect(uuidV5(dns, 'python.org')).toBe('886313e1-3b8a-5372-9b90-0c9aee199e5d');
  });

  it('[F7] is UUID version 5 of any name, by a second implementation', () => {
    const space = Buffer.from(dns.replaceAll('-', ''), 'hex');
    fc.assert(
      fc.property(anyText, (name) => {
        const sum = createHash('sha1').update(space).update(name, 'utf8').digest('hex');
        const variant = ((Number.parseInt(sum[16] ?? '', 16) & 0x3) | 0x8).toString(16);
        const hex = `${sum.slice(0, 12)}5${sum.slice(13, 16)}${variant}${sum.slice(17, 32)}`;
        expect(uuidV5(dns, name).replaceAll('-', '')).toBe(hex);
      }),
    );
  });
});
