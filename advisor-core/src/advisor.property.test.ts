import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Advice, adviceToJson } from './advice.ts';
import { advise, createAdvisor } from './advisor.ts';
import type { ArithmeticStep, Insight, Term } from './insight.ts';
import type { Budget, Entry } from './ledger.ts';
import {
  anyAsOf,
  anyFaultyEntries,
  anyHostileEntries,
  anyNamelessEntries,
  hostileDay,
} from './testing/hostile-ledger.ts';
import { realisticLedger } from './testing/realistic-ledger.ts';

const anyBudgets: fc.Arbitrary<readonly Budget[]> = fc
  .array(
    fc.record({
      categoryId: fc.constantFrom('home', 'dining', '', '🍕'),
      month: fc.constantFrom('2026-10', '2026-11', '2026-12', '2199-12'),
      amountMinor: fc.constantFrom(0, 1, 5000, 100_000, 10_000_000_000_000),
      currency: fc.constantFrom('EUR', 'EUR', 'JPY', 'KWD'),
    }),
    { maxLength: 6 },
  )
  .map((budgets) => budgets.map((budget, at) => ({ id: `b${at}`, ...budget })));

/** So that there is much to tell. */
const household = realisticLedger({ seed: 7, entries: 300, lastDay: hostileDay });
const anyEntries = fc.oneof(
  { weight: 3, arbitrary: anyHostileEntries },
  { weight: 1, arbitrary: anyHostileEntries.map((entries) => [...household, ...entries]) },
);
const anyInput = fc.record({ entries: anyEntries, budgets: anyBudgets, asOf: anyAsOf });
const transfersCategoryId = 'transfers';

const inputsOf = ({ first, second }: Extract<ArithmeticStep, { step: 'sum' }>): readonly Term[] => [first, second];

/** What a step starts from; nothing where it is read off the entries. */
const termsBefore = (step: ArithmeticStep): readonly Term[] => {
  if (step.step === 'difference') return [step.from, step.take];
  if (step.step === 'sum') return inputsOf(step);
  return step.step === 'times' || step.step === 'share' ? [step.of] : [];
};

/** Works a step out again from its terms, on big integers; what is read off the entries is taken as it is. */
const workOut = (step: ArithmeticStep): bigint => {
  if (step.step === 'difference') return BigInt(step.from.minor) - BigInt(step.take.minor);
  if (step.step === 'sum') return BigInt(step.first.minor) + BigInt(step.second.minor);
  if (step.step === 'times') return BigInt(step.of.minor) * BigInt(step.count);
  if (step.step !== 'share') return BigInt(step.result.minor);
  const [product, denominator] = [BigInt(step.of.minor) * BigInt(step.numerator), BigInt(step.denominator)];
  const size = ((product < 0n ? -product : product) * 2n + denominator) / (2n * denominator);
  return product < 0n ? -size : size;
};

const expectSoundArithmetic = ({ arithmetic, money }: Insight): void => {
  const known = new Map<string, number>();
  for (const step of arithmetic) {
    expect(BigInt(step.result.minor)).toBe(workOut(step));
    // What an earlier step came to goes on with the same value.
    for (const { name, minor } of termsBefore(step)) expect(known.get(name) ?? minor).toBe(minor);
    known.set(step.result.name, step.result.minor);
  }
  expect(arithmetic.length).toBeGreaterThan(0);
  expect(arithmetic.at(-1)?.result.minor).toBe(money.minor);
};

const expectSoundEvidence = ({ evidence, arithmetic, money }: Insight, entries: ReadonlyMap<string, Entry>): void => {
  for (const id of evidence) expect(entries.get(id)?.currency).toBe(money.currency);
  expect(new Set(evidence).size).toBe(evidence.length);
  for (const step of arithmetic) {
    if (step.step !== 'entry') continue;
    expect(evidence).toContain(step.id);
    expect(entries.get(step.id)?.amountMinor).toBe(step.result.minor);
  }
};

const expectUnique = (values: readonly string[]): void => expect(new Set(values).size).toBe(values.length);

const expectSound = (advice: Advice, entries: readonly Entry[]): void => {
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  expect(JSON.parse(adviceToJson(advice))).toMatchObject({ entryCount: advice.entryCount });
  expectUnique(advice.shown.map(({ key }) => key));
  expectUnique(advice.streams.map(({ key }) => key));
  expect(advice.leftOutCount).toBe(advice.leftOut.length);
  for (const insight of advice.shown) {
    expectSoundArithmetic(insight);
    expectSoundEvidence(insight, byId);
  }
  for (const { evidence, currency, kind } of advice.streams)
    for (const id of evidence) expect(byId.get(id)).toMatchObject({ currency, kind });
  const known = new Set(entries.map((entry) => entry.currency));
  for (const { currency } of [...advice.forecasts, ...advice.upcoming, ...advice.suggestions])
    expect(known.has(currency)).toBe(true);
};

/** Every number in plain data. */
const numbersIn = (data: unknown): readonly number[] => {
  if (typeof data === 'number') return [data];
  return typeof data === 'object' && data !== null ? Object.values(data).flatMap(numbersIn) : [];
};

describe('the advice of any ledger', () => {
  it('is sound: whole numbers, arithmetic that works out, evidence that is there, in one currency', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        const advice = advise({ ...input, transfersCategoryId });
        expect(numbersIn(advice).every(Number.isSafeInteger)).toBe(true);
        expect(advice.entryCount).toBe(input.entries.length);
        expect(advice.leftOut).toEqual([]);
        expectSound(advice, input.entries);
      }),
      { numRuns: 150 },
    );
  });

  it('is the same in any order, and whatever else the entries carry', () => {
    fc.assert(
      fc.property(
        anyInput.chain((input) => {
          const { entries } = input;
          return fc.tuple(fc.constant(input), fc.shuffledSubarray([...entries], { minLength: entries.length }));
        }),
        ([input, shuffled]) => {
          const entries = shuffled.map((entry, at) => ({ ...entry, note: 'x', amount: Number.NaN, length: at }));
          expect(adviceToJson(advise({ ...input, entries }))).toBe(adviceToJson(advise(input)));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('names each entry that cannot be read, and is that of the others', () => {
    fc.assert(
      fc.property(anyInput, anyFaultyEntries, anyNamelessEntries, (input, faulty, nameless) => {
        const advice = advise({ ...input, entries: [...faulty, ...input.entries, ...nameless] });
        const named = new Set(advice.leftOut.map(({ id }) => id));
        expect([...named].filter((id) => id.startsWith('faulty'))).toEqual(faulty.map(({ id }) => id));
        expect(advice.leftOut.filter(({ problem }) => problem === 'id').length > 0).toBe(nameless.length > 0);
        expect(adviceToJson({ ...advice, leftOut: [], leftOutCount: 0 })).toBe(adviceToJson(advise(input)));
      }),
      { numRuns: 60 },
    );
  });

  it('counts one entry of an id that several have, the same in any order, and names it', () => {
    fc.assert(
      fc.property(
        anyInput.filter(({ entries }) => entries.length > 2),
        anyFaultyEntries,
        (input, faulty) => {
          const [first, second, third] = input.entries;
          const twins = [first, second].map((entry) => ({ ...(third as Entry), id: entry?.id ?? '' }));
          const faultyTwins = faulty.map((entry) => ({ ...entry, id: second?.id ?? '' }));
          const entries = [...input.entries, ...twins, ...faultyTwins, { ...(third as Entry) }];
          const advice = advise({ ...input, entries });
          expect(adviceToJson(advise({ ...input, entries: entries.toReversed() }))).toBe(adviceToJson(advice));
          expect(advice.entryCount).toBe(input.entries.length);
          const differ = [first, second].filter((entry, at) => !isAlike(entry, twins[at]));
          const namedTwice = advice.leftOut.filter(({ problem }) => problem === 'id').map(({ id }) => id);
          expect(namedTwice).toEqual(differ.map((entry) => entry?.id));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is the same again once what could not be read is gone', () => {
    fc.assert(
      fc.property(anyInput, anyFaultyEntries, (input, faulty) => {
        const advisor = createAdvisor({ ...input, entries: [...input.entries, ...faulty] });
        advisor.advise(input.asOf);
        for (const before of faulty) advisor.apply({ before });
        expect(adviceToJson(advisor.advise(input.asOf))).toBe(adviceToJson(advise(input)));
      }),
      { numRuns: 40 },
    );
  });
});

const isAlike = (a: Entry | undefined, b: Entry | undefined): boolean =>
  a?.kind === b?.kind &&
  a?.date === b?.date &&
  a?.amountMinor === b?.amountMinor &&
  a?.currency === b?.currency &&
  a?.title === b?.title &&
  a?.categoryId === b?.categoryId;
