import { builtInCategoryId } from '@fintrack/sync-core/protocol';
import { createRandom, type Random } from '@fintrack/sync-core/testing';

/** One expense as a bank's file has it. */
export type BenchExpense = {
  readonly date: string;
  readonly amountMinor: number;
  readonly title: string;
  /** Empty for three in five. */
  readonly note: string;
  readonly categoryId: string;
};

const firstParts =
  'North South Green Blue Red Old New Grand Silver Golden River Lake Hill Park Station Market Harbor Corner Royal Union';
const lastParts =
  'Foods Cafe Bakery Motors Rail Cabs Homes Power Water Net Mobile Mutual Chemist Clinic Wear Tours Gym';
const noteWords =
  'lunch team birthday monthly refund pending shared split card cash weekend office kids school gift repair trip late';
const categorySlugs = [
  'housing',
  'groceries',
  'dining',
  'transport',
  'home-care',
  'kids',
  'health',
  'leisure',
  'other',
];

/** Four years of expenses of one household; the same for the same seed, in Node and in a browser. */
export const benchExpenses = (count: number, seed = 42): readonly BenchExpense[] => {
  const random = createRandom(seed);
  const [first, last, words] = [firstParts, lastParts, noteWords].map((text) => text.split(' '));
  const categoryIds = categorySlugs.map(builtInCategoryId);
  return Array.from({ length: count }, () => ({
    date: new Date(Date.UTC(2022, 0, 1 + random.between(0, 1459))).toISOString().slice(0, 10),
    amountMinor: 100 + Math.floor(Math.exp(random.next() * 6) * 25),
    title: `${oftenFirst(random, first ?? [])} ${oftenFirst(random, last ?? [])}`,
    note: random.chance(0.4)
      ? Array.from({ length: random.between(2, 7) }, () => random.pick(words ?? [])).join(' ')
      : '',
    categoryId: random.pick(categoryIds),
  }));
};

/** People go to some shops far more often than to others. */
const oftenFirst = (random: Random, names: readonly string[]): string =>
  names[Math.floor(random.next() * random.next() * names.length)] ?? '';
