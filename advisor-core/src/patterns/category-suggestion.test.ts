import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CategoryExample, createCategoryLearner, learnInSlices } from './category-suggestion.ts';
import { createCategoryCounts } from './category-suggestion-counts.ts';
import { categoryFeatures } from './category-suggestion-features.ts';

type Row = readonly [title: string, categoryId: string, amountMinor?: number];

const examplesOf = (rows: readonly Row[]): readonly CategoryExample[] =>
  rows.map(([title, categoryId, amountMinor = 1000], index) => {
    return { id: `e${1000 + index}`, day: 20_000 + index, title, categoryId, amountMinor };
  });

const taught = (rows: readonly Row[]) => {
  const learner = createCategoryLearner();
  for (const example of examplesOf(rows)) learner.learn(example);
  return learner;
};

const household: readonly Row[] = [
  ['Corner bakery', 'food'],
  ['Bakery Jansen', 'food'],
  ['Fish market', 'food'],
  ['Train to Utrecht', 'transport'],
  ['Train home', 'transport'],
  ['Bus ticket', 'transport'],
];

describe('a suggested category', () => {
  it('is what the title had before, and says how often', () => {
    const suggestions = taught([...household, ['Corner bakery', 'food']]).predict({
      title: 'CORNER BAKERY 12',
      amountMinor: 500,
    });
    expect(suggestions[0]).toMatchObject({
      categoryId: 'food',
      reason: { type: 'same-title', words: ['corner', 'bakery'], times: 2, of: 2 },
    });
  });

  it('of a new title comes from its words, which it names', () => {
    const [first] = taught(household).predict({ title: 'Train to Delft', amountMinor: 900 });
    expect(first).toMatchObject({ categoryId: 'transport', reason: { type: 'words' } });
    expect(first?.reason.words[0]).toBe('train');
  });

  it('knows a cut or inflected word by its parts', () => {
    const learner = taught(household);
    expect(learner.predict({ title: 'SQ *BAKER', amountMinor: 700 })[0]?.categoryId).toBe('food');
    expect(learner.predict({ title: 'trains', amountMinor: 700 })[0]?.categoryId).toBe('transport');
  });

  it('knows parts of words that are written without spaces', () => {
    const rows: readonly Row[] = [
      ...household,
      ['東京駅売店', 'food'],
      ['地下鉄', 'transport'],
      ['大阪駅売店', 'food'],
    ];
    expect(taught(rows).predict({ title: '京都駅売店', amountMinor: 1000 })[0]).toMatchObject({
      categoryId: 'food',
      reason: { type: 'words', words: ['京都駅売店'] },
    });
  });

  it('follows the person when a title is filed elsewhere from now on', () => {
    const rows: readonly Row[] = [...Array.from({ length: 6 }, (): Row => ['Filmflix', 'cinema']), ...household];
    const moved: readonly Row[] = [...rows, ['Filmflix', 'television'], ['Filmflix', 'television']];
    expect(taught(rows).predict({ title: 'Filmflix', amountMinor: 1000 })[0]?.categoryId).toBe('cinema');
    expect(taught(moved).predict({ title: 'Filmflix', amountMinor: 1000 })[0]).toMatchObject({
      categoryId: 'television',
      reason: { times: 2, of: 8 },
    });
  });

  it('without any known word is the usual one of new titles, and says so', () => {
    const rows: readonly Row[] = [...household, ...Array.from({ length: 9 }, (): Row => ['Bus ticket', 'transport'])];
    const [first] = taught([...rows, ['Pho', 'food'], ['Dim sum', 'food']]).predict({
      title: 'Ωmega',
      amountMinor: 1000,
    });
    expect(first).toMatchObject({ categoryId: 'food', reason: { type: 'usual', words: [] } });
  });

  it('can be had for emoji and right-to-left titles', () => {
    const learner = taught([...household, ['🍕', 'food'], ['קפה', 'food'], ['🎬', 'cinema'], ['سينما', 'cinema']]);
    for (const title of ['🎬', 'سينما'])
      expect(learner.predict({ title, amountMinor: 1000 })[0]).toMatchObject({
        categoryId: 'cinema',
        reason: { type: 'same-title' },
      });
  });

  it('is told by the account where words say nothing', () => {
    const learner = createCategoryLearner();
    const turns = Array.from({ length: 12 }, (_, index): Row => [`n${index}`, index % 2 === 0 ? 'food' : 'transport']);
    for (const example of examplesOf(turns))
      learner.learn({ ...example, account: example.categoryId === 'food' ? 'cash' : 'card' });
    expect(learner.predict({ title: 'x', amountMinor: 1000, account: 'card' })[0]?.categoryId).toBe('transport');
    expect(learner.predict({ title: 'x', amountMinor: 1000, account: 'cash' })[0]?.categoryId).toBe('food');
  });

  it('is one of three at most, of none where nothing was learned', () => {
    expect(createCategoryLearner().predict({ title: 'Bakery', amountMinor: 100 })).toEqual([]);
    const many = Array.from({ length: 9 }, (_, index): Row => [`Shop ${'abcdefghi'[index]}`, `c${index}`]);
    expect(taught(many).predict({ title: 'Shop', amountMinor: 100 })).toHaveLength(3);
  });
});

const anyTitle = fc.oneof(
  fc.constantFrom('', 'a', '4711', 'Bakery', 'Corner bakery', 'Train 12', '🍕', 'קפה', 'NETFLIX.COM 866'),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
);
const anyAmount = fc.oneof(fc.constantFrom(0, 1, -1, 1e13, -1e13), fc.integer({ min: -1e6, max: 1e6 }));
const anyExamples = fc
  .array(fc.record({ title: anyTitle, amountMinor: anyAmount, categoryId: fc.constantFrom('a', 'b', 'c', 'Ω') }), {
    minLength: 1,
    maxLength: 25,
  })
  .map((rows) => rows.map((row, index) => ({ ...row, id: `e${100 + index}`, day: -25_000 + (index % 7) * 15_000 })));

describe('for any history', () => {
  it('suggestions have shares between 0 and 1, best first, of categories in it', () => {
    fc.assert(
      fc.property(anyExamples, anyTitle, anyAmount, (examples, title, amountMinor) => {
        const learner = createCategoryLearner();
        for (const example of examples) learner.learn(example);
        const suggestions = learner.predict({ title, amountMinor });
        const known = new Set<string>(examples.map((example) => example.categoryId));
        expect(suggestions.length).toBe(Math.min(3, known.size));
        for (const [index, { categoryId, share }] of suggestions.entries()) {
          expect(known.has(categoryId)).toBe(true);
          expect(share).toBeGreaterThan(0);
          expect(share).toBeLessThanOrEqual(suggestions[index - 1]?.share ?? 1);
        }
      }),
    );
  });

  it('counts do not depend on order', () => {
    const shuffled = anyExamples.chain((examples) =>
      fc.tuple(fc.constant(examples), fc.shuffledSubarray(examples, { minLength: examples.length })),
    );
    fc.assert(
      fc.property(shuffled, anyTitle, anyAmount, ([examples, reordered], title, amountMinor) => {
        const straight = createCategoryCounts();
        for (const example of examples) straight.add(categoryFeatures(example), example);
        const crooked = createCategoryCounts();
        for (const example of reordered) crooked.add(categoryFeatures(example), example);
        const question = categoryFeatures({ title, amountMinor });
        expect(crooked.shares(question)).toEqual(straight.shares(question));
        for (const { categoryId } of examples) {
          expect(crooked.titleRecord(question, categoryId)).toEqual(straight.titleRecord(question, categoryId));
          expect(crooked.tellingWords(question, categoryId)).toEqual(straight.tellingWords(question, categoryId));
        }
      }),
    );
  });

  it('learning in slices is learning at once', () => {
    fc.assert(
      fc.property(anyExamples, fc.integer({ min: 1, max: 9 }), anyTitle, (examples, perSlice, title) => {
        const whole = createCategoryLearner();
        for (const example of examples) whole.learn(example);
        const sliced = createCategoryLearner();
        const yielded = [...learnInSlices(sliced, examples, perSlice)];
        expect(yielded).toHaveLength(Math.floor(examples.length / perSlice));
        const question = { title, amountMinor: 1000 };
        expect(sliced.predict(question)).toEqual(whole.predict(question));
      }),
    );
  });
});
