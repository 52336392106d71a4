import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, isShallow, type Json, sameJson } from './json.ts';

const shuffled = (value: Json): Json => {
  if (Array.isArray(value)) return value.map(shuffled);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, member]) => [key, shuffled(member)]),
  );
};
const anyJson = fc.jsonValue({ maxDepth: 4 }).map((value) => JSON.parse(JSON.stringify(value)) as Json);

describe('canonical JSON', () => {
  it('[P2] sorts keys by UTF-16 code unit at every depth, without white space', () => {
    expect(canonicalJson({ b: [{ z: 1, a: 2 }], a: null, B: true, ä: 'ü' })).toBe(
      '{"B":true,"a":null,"b":[{"a":2,"z":1}],"ä":"ü"}',
    );
  });

  it('[P2] keeps numbers, escapes and lists as JSON has them', () => {
    expect(canonicalJson([1.5, -0, 1e21, '"\n\u2028', '\ud800'])).toBe('[1.5,0,1e+21,"\\"\\n\u2028","\\ud800"]');
  });

  it('[P2] leaves out what is undefined', () => {
    const member: Record<string, Json> = { b: 1 };
    Object.defineProperty(member, 'a', { value: undefined, enumerable: true });
    expect(canonicalJson(member)).toBe('{"b":1}');
  });

  it('[P2] reads back as the same value and is the same for every order of keys', () => {
    fc.assert(
      fc.property(anyJson, (value) => {
        const text = canonicalJson(value);
        expect(canonicalJson(JSON.parse(text) as Json)).toBe(text);
        expect(canonicalJson(shuffled(value))).toBe(text);
        expect(sameJson(value, shuffled(value))).toBe(true);
      }),
    );
  });

  it('[P2] differs for values that differ', () => {
    const few: fc.Arbitrary<Json> = fc.constantFrom<Json>(null, 0, '0', [], {}, [0], { a: 0 }, { a: null }, [[]], '');
    fc.assert(fc.property(few, few, (a, b) => sameJson(a, b) === (JSON.stringify(a) === JSON.stringify(b))));
  });
});

describe('isShallow', () => {
  it('[P7] counts lists and objects within each other', () => {
    expect(isShallow('text', 0)).toBe(true);
    expect(isShallow([], 0)).toBe(false);
    expect(isShallow([1], 1)).toBe(true);
    expect(isShallow({ a: [{}] }, 3)).toBe(true);
    expect(isShallow({ a: [{}] }, 2)).toBe(false);
  });

  it('[P7] looks no deeper than the limit, so that no text can exhaust the stack', () => {
    expect(isShallow(JSON.parse('['.repeat(100_000) + ']'.repeat(100_000)), 32)).toBe(false);
  });
});
