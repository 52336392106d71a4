import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Posting } from '../posting.ts';
import { PostingGroup } from '../posting-group.ts';
import { unusualIn } from '../testing/unusual-in.ts';
import { rememberedUnusual } from './unusual-amount-memory.ts';

const asOfDay = 20_000;
const anyPosting: fc.Arbitrary<Posting> = fc
  .record({
    day: fc.integer({ min: asOfDay - 80, max: asOfDay + 3 }),
    amountMinor: fc.oneof(fc.integer({ min: 90, max: 110 }), fc.constantFrom(-100, 0, 5000, 1e13)),
    merchant: fc.constantFrom('', 'a', 'b'),
    title: fc.constant('x'),
    categoryId: fc.constant('home'),
  })
  .chain((posting) => fc.integer({ min: 0, max: 1e6 }).map((id) => ({ id: `p${id}`, ...posting })));

const anyPostings = (count: number) =>
  fc.uniqueArray(anyPosting, { minLength: count, maxLength: count, selector: ({ id }) => id });

describe('remembered unusual amounts', () => {
  it('are those that all postings give, after each that comes, goes or is of another day', () => {
    fc.assert(
      fc.property(anyPostings(60), fc.array(fc.tuple(fc.nat(29), fc.nat(3)), { maxLength: 12 }), (postings, steps) => {
        const group = new PostingGroup();
        const unusualOf = rememberedUnusual();
        const now = new Set(postings.slice(30));
        for (const posting of now) group.add(posting);
        for (const [index, daysOn] of steps) {
          const posting = postings[index] as Posting;
          if (now.has(posting)) group.remove(posting);
          else group.add(posting);
          if (!now.delete(posting)) now.add(posting);
          expect(unusualOf(group, asOfDay + daysOn)).toEqual(unusualIn([...now], asOfDay + daysOn));
        }
      }),
      { numRuns: 60 },
    );
  });

  it('of a busy category are those of its newest postings, whichever day they came', () => {
    const group = new PostingGroup();
    const unusualOf = rememberedUnusual();
    const postings = Array.from({ length: 1500 }, (_, at): Posting => {
      const amountMinor = at % 97 === 0 ? 90_000 : 900 + (at % 40);
      const day = asOfDay - Math.floor((1499 - at) / 8);
      return { id: `p${10_000 + at}`, day, amountMinor, title: 'x', merchant: 'a', categoryId: 'home' };
    });
    for (const posting of postings) group.add(posting);
    unusualOf(group, asOfDay - 1);
    expect(unusualOf(group, asOfDay)).toEqual(unusualIn(postings.slice(600), asOfDay));
    expect(unusualOf(group, asOfDay).length).toBeGreaterThan(0);
  });

  it('are not looked for again while neither the category nor the day has changed', () => {
    const group = new PostingGroup();
    const unusualOf = rememberedUnusual();
    const found = unusualOf(group, asOfDay);
    expect(unusualOf(group, asOfDay)).toBe(found);
    expect(unusualOf(group, asOfDay + 1)).not.toBe(found);
  });
});
