import { type ArithmeticStep, advise, type Insight, type InsightKind } from '@fintrack/advisor-core';
import { describe, expect, it } from 'vitest';
import { createFormat } from '../../ui/format.ts';
import { type InsightContext, kindLabels, wordsOfInsight } from './insight-words.ts';

const context = (locale = 'en-GB'): InsightContext => ({
  format: createFormat(locale),
  today: '2025-11-20',
  homeCurrency: 'EUR',
  categoryName: (id) => (id === 'c2' ? 'Dining' : 'No category'),
  streams: [],
});

const insight = (part: Partial<Insight> & Pick<Insight, 'kind'>): Insight => ({
  key: `${part.kind}:x`,
  subject: { type: 'category', categoryId: 'c2', month: '2025-11' },
  money: { minor: 1572, currency: 'EUR' },
  bucket: 21,
  since: '2025-11-20',
  confidence: 'likely',
  evidence: [],
  arithmetic: [],
  action: { type: 'look-at-entries' },
  ...part,
});

const rise = (count: number): Insight => {
  const more = { name: 'rise', minor: 200 } as const;
  const steps: readonly ArithmeticStep[] = [
    {
      step: 'difference',
      from: { name: 'price-now', minor: 1099 },
      take: { name: 'price-before', minor: 899 },
      result: more,
    },
    { step: 'times', of: more, count, result: { name: 'rise-a-year', minor: 200 * count } },
  ];
  return insight({
    kind: 'price-rise',
    subject: { type: 'stream', stream: 's', title: 'Disney+' },
    money: { minor: 200 * count, currency: 'EUR' },
    arithmetic: steps,
  });
};

describe('the words of a card', () => {
  it('say what a price rise costs each time and a year', () => {
    expect(wordsOfInsight(rise(12), context())).toMatchObject({
      label: 'Price rise',
      claim: 'Disney+ costs 2.00 more a month',
      facts: '8.99 before, 10.99 now. That is 24.00 more a year.',
    });
    expect(wordsOfInsight(rise(1), context())).toMatchObject({
      claim: 'Disney+ costs 2.00 more a year',
      facts: '8.99 before, 10.99 now.',
    });
  });

  it('write amounts as the locale does, and foreign money with its sign', () => {
    const money = { minor: 157_200, currency: 'USD' };
    expect(wordsOfInsight(insight({ kind: 'budget-suggestion' }), context('de-DE')).claim).toBe(
      '15,72 a month would do for Dining',
    );
    expect(wordsOfInsight(insight({ kind: 'budget-suggestion', money }), context()).claim).toBe(
      'US$1,572.00 a month would do for Dining',
    );
  });

  it('agree with their counts', () => {
    const usual = (count: number): ArithmeticStep => ({
      step: 'usual',
      count,
      share: 80,
      result: { name: 'suggested', minor: 1572 },
    });
    const facts = (count: number) =>
      wordsOfInsight(insight({ kind: 'budget-suggestion', arithmetic: [usual(count)] }), context()).facts;
    expect(facts(1)).toBe('It would have been enough in 80% of the last 1 month.');
    expect(facts(12)).toBe('It would have been enough in 80% of the last 12 months.');
  });

  it('tell less from more', () => {
    const money = { minor: -4000, currency: 'EUR' };
    const subject = { type: 'month', month: '2025-10' } as const;
    expect(wordsOfInsight(insight({ kind: 'savings-rate', money, subject }), context()).claim).toBe(
      'October cost 40.00 more than came in',
    );
    expect(wordsOfInsight(insight({ kind: 'level-change', money }), context()).claim).toMatch(/^Dining falls by /);
  });

  it('are there for every kind, whatever of the arithmetic is missing', () => {
    for (const kind of Object.keys(kindLabels) as InsightKind[]) {
      const { claim, facts, rule } = wordsOfInsight(insight({ kind }), context());
      for (const text of [claim, facts, rule]) expect(text).toMatch(/^[^{}]{8,}$/);
      expect(`${claim} ${facts} ${rule}`).not.toMatch(/undefined|NaN|\[object/);
    }
  });

  it('fit what the engine says of a ledger', () => {
    const advice = advise({
      entries: [4500, 6497].map((amountMinor, index) => ({
        id: `e${index}`,
        kind: 'expense',
        date: `2025-11-1${index}`,
        amountMinor,
        currency: 'EUR',
        categoryId: 'c2',
        title: 'Zola',
      })),
      budgets: [{ id: 'b', categoryId: 'c2', month: '2025-11', amountMinor: 9000, currency: 'EUR' }],
      asOf: '2025-11-20',
    });
    const [over] = advice.shown.filter(({ kind }) => kind === 'budget-over');
    expect(over && wordsOfInsight(over, { ...context(), streams: advice.streams })).toMatchObject({
      claim: 'Dining is 19.97 over its budget',
      facts: '109.97 spent of 90.00.',
    });
  });
});
