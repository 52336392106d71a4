import { dateToDayNumber } from '@fintrack/sync-core/protocol/calendar-date';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Posting } from '../posting.ts';
import { duplicatesIn } from './duplicate-charge.ts';
import { unusualIn } from '../testing/unusual-in.ts';
import { pickAlerts, recentAmounts } from './unusual-amount-alerts.ts';
import { createAnomalyScorer } from './unusual-amount-scorer.ts';

const today = dateToDayNumber('2026-11-20');

type Row = readonly [daysAgo: number, amountMinor: number, title?: string];

const postingsOf = (rows: readonly Row[], categoryId = 'food'): readonly Posting[] =>
  rows.map(([daysAgo, amountMinor, title = 'Market'], index) => {
    return {
      id: `p${1000 + index}`,
      day: today - daysAgo,
      amountMinor,
      title,
      merchant: title.toLowerCase(),
      categoryId,
    };
  });

/** Every third day for four months, from 20.00 to 29.00 and never the same twice in a row. */
const usual: readonly Row[] = Array.from({ length: 40 }, (_, index) => [
  5 + 3 * (39 - index),
  2000 + ((index * 7) % 10) * 100,
]);
const amountsOf = (found: readonly { readonly posting: Posting }[]) => found.map(({ posting }) => posting.amountMinor);

describe('an unusual amount', () => {
  it('stands out of what its category and merchant had before, and says from what', () => {
    const [found, ...others] = unusualIn(postingsOf([...usual, [2, 24_000]]), today);
    expect(others).toEqual([]);
    expect(found).toMatchObject({
      posting: { amountMinor: 24_000 },
      inCategory: { count: 40, asLarge: 0, lowMinor: 2000, highMinor: 2900 },
      atMerchant: { count: 40, asLarge: 0, lowMinor: 2000, highMinor: 2900 },
    });
    expect(found?.surprise).toBeGreaterThan(5);
    expect(found?.inCategory.largest).toEqual(['p1037', 'p1027', 'p1017']);
  });

  it('is one whatever the currency', () => {
    const inYen = (rows: readonly Row[]): readonly Row[] =>
      rows.map(([ago, minor, title = 'Market']) => [ago, minor * 64, title]);
    const rows: readonly Row[] = [...usual, [2, 9000, 'Fish'], [1, 24_000]];
    const surprises = (from: readonly Row[]) => unusualIn(postingsOf(from), today).map((found) => found.surprise);
    const [here, there] = [surprises(rows), surprises(inYen(rows))];
    expect(here).toHaveLength(2);
    for (const [index, surprise] of here.entries()) expect(there[index]).toBeCloseTo(surprise, 9);
  });

  it('may be the first of a new merchant, far above the category', () => {
    const [found] = unusualIn(postingsOf([...usual, [2, 15_000, 'Fair']]), today);
    expect(found).toMatchObject({ posting: { title: 'Fair' }, inCategory: { asLarge: 0 } });
    expect(found).not.toHaveProperty('atMerchant');
  });

  it('is not what the merchant charged before, such as a yearly premium', () => {
    const yearly: readonly Row[] = [[800, 60_000, 'Premium'], [435, 61_000, 'Premium'], ...usual];
    expect(amountsOf(unusualIn(postingsOf([...yearly, [3, 61_500, 'Premium']]), today))).toEqual([]);
    expect(amountsOf(unusualIn(postingsOf([...usual, [3, 61_500, 'Premium']]), today))).toEqual([61_500]);
  });

  it('is not part of its own baseline, nor of those before it', () => {
    const before = unusualIn(postingsOf([...usual, [4, 24_000]]), today);
    const after = unusualIn(postingsOf([...usual, [4, 24_000], [2, 90_000], [1, 95_000]]), today);
    expect(after[0]).toEqual(before[0]);
  });

  it('is told for 60 days, and never from the future', () => {
    const rows = postingsOf([...usual, [2, 24_000]]);
    expect(unusualIn(rows, today - 3)).toEqual([]);
    expect(unusualIn(rows, today - 2)).toHaveLength(1);
    expect(unusualIn(rows, today + 57)).toHaveLength(1);
    expect(unusualIn(rows, today + 58)).toEqual([]);
  });

  it('is none among fewer than three, among refunds, or below the usual', () => {
    expect(
      unusualIn(
        postingsOf([
          [9, 100],
          [8, 100],
          [7, 90_000],
        ]),
        today,
      ),
    ).toEqual([]);
    expect(unusualIn(postingsOf([...usual, [2, -24_000], [2, 0], [1, 1]]), today)).toEqual([]);
  });

  it('needs no merchant', () => {
    const nameless = postingsOf([...usual, [2, 24_000]]).map((posting) => ({ ...posting, merchant: '' }));
    expect(amountsOf(unusualIn(nameless, today))).toEqual([24_000]);
  });
});

describe('a duplicate charge', () => {
  it('is the same amount at the same merchant at most two days later, and names its twin', () => {
    const rows = postingsOf([...usual, [4, 1234], [2, 1234]]);
    const [found, ...others] = duplicatesIn(rows, today);
    expect(others).toEqual([]);
    expect(found).toMatchObject({ posting: { id: 'p1041' }, twins: [{ id: 'p1040' }], repeats: 0, of: 41 });
    expect(duplicatesIn(postingsOf([...usual, [5, 1234], [2, 1234]]), today)).toEqual([]);
  });

  it('on one day is the one whose id comes later', () => {
    const [found] = duplicatesIn(postingsOf([...usual, [2, 1234], [2, 1234]]), today);
    expect(found).toMatchObject({ posting: { id: 'p1041' }, twins: [{ id: 'p1040' }] });
  });

  it('counts less at a merchant whose charges come back anyway', () => {
    const trams = Array.from({ length: 60 }, (_, index): Row => [130 - index * 2, 320, 'Tram']);
    const twice = postingsOf([...trams, ...trams, [3, 320, 'Tram'], [3, 320, 'Tram']]);
    expect(duplicatesIn(twice, today)).toEqual([]);
  });

  it('counts half where the titles differ', () => {
    const differing = postingsOf([...usual, [2, 1234], [2, 1234]]).map((posting, index) =>
      index === 41 ? { ...posting, title: 'Market 7' } : posting,
    );
    const same = duplicatesIn(postingsOf([...usual, [2, 1234], [2, 1234]]), today)[0]?.surprise ?? 0;
    expect(duplicatesIn(differing, today)[0]?.surprise).toBeCloseTo(same / 2, 9);
  });

  it('is settled by a refund of its amount', () => {
    const charged: readonly Row[] = [...usual, [4, 1234], [3, 1234]];
    expect(duplicatesIn(postingsOf([...charged, [1, -1234]]), today)).toEqual([]);
    expect(duplicatesIn(postingsOf([...charged, [1, -1200]]), today)).toHaveLength(1);
  });

  it('is never a refund or an entry without an amount', () => {
    expect(duplicatesIn(postingsOf([...usual, [2, 0], [2, 0], [1, -500], [1, -500]]), today)).toEqual([]);
  });
});

describe('alerts', () => {
  const alertsOf = (rows: readonly Row[]) => {
    const postings = postingsOf(rows);
    return pickAlerts(unusualIn(postings, today), duplicatesIn(postings, today), recentAmounts(postings));
  };

  it('are the best candidates, none within 30 days of a better one', () => {
    const rows: readonly Row[] = [...usual, [3, 24_000], [2, 1234], [1, 1234]];
    expect(alertsOf(rows).map(({ type, found }) => [type, found.posting.amountMinor])).toEqual([
      ['unusual-amount', 24_000],
    ]);
    const apart = alertsOf([...usual.slice(0, 20), [35, 1234], [34, 1234], ...usual.slice(34), [3, 24_000]]);
    expect(apart.map(({ type }) => type)).toEqual(['duplicate-charge', 'unusual-amount']);
  });

  it('are none in a quiet month', () => {
    expect(alertsOf(usual)).toEqual([]);
  });
});

const anyRow = fc.record({
  day: fc.oneof(
    fc.integer({ min: today - 90, max: today + 3 }),
    fc.integer({ min: dateToDayNumber('1900-01-01'), max: dateToDayNumber('2199-12-31') }),
  ),
  amountMinor: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(0, 1, 100, 100, 1234, 2000, 2500, -100, -1234) },
    { weight: 2, arbitrary: fc.integer({ min: -5000, max: 50_000 }) },
    { weight: 1, arbitrary: fc.constantFrom(1e13, -1e13, 9e12) },
  ),
  title: fc.constantFrom('', 'a', 'Market', 'Market 7', '🍕', 'קפה'),
});
const anyGroup = fc.array(anyRow, { maxLength: 40, size: 'max' }).map((rows) =>
  rows.map((row, index): Posting => {
    return { ...row, id: `p${(index * 37) % 97}`, merchant: row.title.replace(/\W\d/, ''), categoryId: 'food' };
  }),
);

describe('of any group', () => {
  it('order does not matter', () => {
    const shuffled = anyGroup.chain((group) =>
      fc.tuple(fc.constant(group), fc.shuffledSubarray(group, { minLength: group.length })),
    );
    fc.assert(
      fc.property(shuffled, ([group, reordered]) => {
        expect(unusualIn(reordered, today)).toEqual(unusualIn(group, today));
        expect(duplicatesIn(reordered, today)).toEqual(duplicatesIn(group, today));
      }),
    );
  });

  it('findings are finite, recent, above zero and judged by what was before them', () => {
    fc.assert(
      fc.property(anyGroup, (group) => {
        const unusual = unusualIn(group, today);
        const duplicates = duplicatesIn(group, today);
        for (const { posting, surprise } of [...unusual, ...duplicates]) {
          expect(Number.isFinite(surprise) && surprise > 0).toBe(true);
          expect(posting.amountMinor).toBeGreaterThan(0);
          expect(posting.day <= today && posting.day > today - 60).toBe(true);
        }
        for (const { inCategory, atMerchant } of unusual)
          for (const { count, asLarge, lowMinor, highMinor } of atMerchant ? [inCategory, atMerchant] : [inCategory]) {
            expect(asLarge).toBeLessThanOrEqual(count);
            expect(Number.isSafeInteger(lowMinor) && lowMinor <= highMinor).toBe(true);
          }
        for (const { posting, twins } of duplicates)
          for (const twin of twins) {
            expect(twin.amountMinor).toBe(posting.amountMinor);
            expect(posting.day - twin.day).toBeLessThanOrEqual(2);
          }
        const alerts = pickAlerts(unusual, duplicates, recentAmounts(group));
        expect(alerts.length).toBeLessThanOrEqual(2);
      }),
    );
  });

  it('the stream of scores is finite', () => {
    fc.assert(
      fc.property(anyGroup, (group) => {
        const scorer = createAnomalyScorer();
        for (const posting of group) expect(scorer.score(posting)).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
