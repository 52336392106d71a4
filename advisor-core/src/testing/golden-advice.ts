import { adviceToJson } from '../advice.ts';
import { advise, type AdvisorInput } from '../advisor.ts';
import type { Entry } from '../ledger.ts';
import { buildLedger } from './ledger-builder.ts';
import { realisticLedger, type RealisticLedgerOptions } from './realistic-ledger.ts';

/**
 * SHA-256 of `goldenText`, by the version of the rules, in hexadecimal: one for each version there was. Every engine comes
 * to it.
 *
 * Whoever changes what is said of some ledger changes this hash, and raises `adviceVersion` with it, as advice of two
 * versions is never compared: add a line, and leave those of versions that were released.
 */
export const goldenHashes: Readonly<Record<number, string>> = {
  2: 'd22c8cd587ee66bfc0adabec916a120ced3785199831713a52358e652ed003ed',
};

type GoldenCase = AdvisorInput & { readonly asOf: string };

/** What is said of the golden ledgers on all their days. ASCII. */
export const goldenText = (): string =>
  goldenCases()
    .map((each) => `${adviceToJson(advise(each))}\n`)
    .join('');

const goldenCases = (): readonly GoldenCase[] => {
  const household = realisticLedger({ seed: 1, entries: 1500, lastDay: '2026-12-03' });
  const days = ['2026-11-03', '2026-11-20', '2026-11-30', '2026-12-03', '2026-02-28'];
  return [
    ...days.map((asOf) => ({ entries: household, budgets: householdBudgets, asOf })),
    ...days.map((asOf) => ({ ...threeCurrencies(), asOf })),
    { entries: realisticLedger({ seed: 5, entries: 29, lastDay: '2024-02-29' }), asOf: '2024-02-29' },
    { entries: [...oddEntries(), ...household.slice(0, 400)], asOf: '2026-11-20' },
  ];
};

const householdBudgets = [
  { id: 'b1', categoryId: 'dining', month: '2026-11', amountMinor: 12_000, currency: 'EUR' },
  { id: 'b2', categoryId: 'groceries', month: '2026-11', amountMinor: 150_000, currency: 'EUR' },
  { id: 'b3', categoryId: 'transport', month: '2026-12', amountMinor: 900, currency: 'EUR' },
];

/** Entries in three currencies, with what a person said about some of them, and forecasts of months before. */
const threeCurrencies = (): AdvisorInput => {
  const entries = [
    ...inCurrency('EUR', 1, { seed: 2, entries: 900, lastDay: '2026-12-10' }),
    ...inCurrency('JPY', 100, { seed: 3, entries: 600, lastDay: '2026-11-25' }),
    ...inCurrency('KWD', 3, { seed: 4, entries: 300, lastDay: '2026-10-31' }),
  ];
  const rents = entries.filter(({ title }) => title === 'Rent').map(({ id }) => id);
  return {
    entries,
    budgets: householdBudgets,
    feedback: [
      { insight: `entry:${rents.at(-1)}`, reason: 'excluded' },
      { insight: `unusual-amount:${rents[0]}`, reason: 'one-off' },
      { insight: 'budget-over:b1', reason: 'seen:23' },
      { insight: 'budget-suggestion:JPY.home', reason: 'known' },
    ],
    forecasts: ['2026-08', '2026-09', '2026-10'].map((month) => {
      const made = { subject: 'EUR', month, asOf: `${month}-15` };
      return { ...made, pointMinor: 200_000, lowMinor: 150_000, highMinor: 260_000 };
    }),
    transfersCategoryId: 'health',
  };
};

const inCurrency = (currency: string, times: number, options: RealisticLedgerOptions): readonly Entry[] =>
  realisticLedger(options).map((entry) => ({
    ...entry,
    id: `${currency}-${entry.id}`,
    currency,
    amountMinor: entry.amountMinor * times,
  }));

/** Titles of all scripts, refunds, amounts at the limit, dates from end to end, an entry that cannot be read. */
const oddEntries = (): readonly Entry[] => {
  const { entries } = buildLedger()
    .expense('2026-11-02', 4200, 'home', 'إيجار الشقة')
    .expense('2026-10-02', 4200, 'home', 'إيجار الشقة')
    .expense('2026-09-02', 4000, 'home', 'إيجار الشقة')
    .expense('2026-08-02', 4000, 'home', 'إيجار الشقة')
    .expense('2026-11-05', 1, undefined, '☕️')
    .expense('2026-11-05', -1, undefined, 'Straße ＡＢＣ ŒUVRE')
    .expense('2026-11-19', 9_999_999, 'fun', 'İSTANBUL KAHVE 12')
    .expense('2026-11-19', 9_999_999, 'fun', 'İSTANBUL KAHVE 12')
    .expense('1900-01-01', 10_000_000_000_000, 'home', '\ud83d')
    .expense('2199-12-31', -10_000_000_000_000, 'home', '')
    .income('2026-10-25', 0, '給料')
    .build();
  return [...entries, { ...(entries[0] as Entry), id: 'broken', date: '2026-02-30' }];
};
