import { dayNumberToDate } from '@fintrack/sync-core/protocol/calendar-date';
import { bucketOf } from '../bucket.ts';
import { type ArithmeticStep, evidenceMax, type Insight } from '../insight.ts';
import { priceRises } from '../patterns/price-rise.ts';
import type { RecurringStream } from '../patterns/recurring.ts';
import { ruleOf } from '../patterns/recurring-cadence.ts';
import type { StreamAdvice } from '../stream-advice.ts';

/** A smaller rise is rounding or a rate of exchange. */
const risePerMilleMin = 20;
const daysOfYear = 366;
/** What happened so many days ago is no news. */
const newsDays = 60;

/** Of one stream: a price that rose, a payment that has not come, a stream that ended. */
export const streamInsights = (stream: StreamAdvice, asOfDay: number): readonly Insight[] => [
  ...priceRise(stream, asOfDay),
  ...lateOrStopped(stream, asOfDay),
];

const priceRise = (stream: StreamAdvice, asOfDay: number): readonly Insight[] => {
  const [rise] = priceRises([stream]);
  if (!rise || stream.kind !== 'expense' || asOfDay - rise.day > newsDays) return [];
  if (rise.risePerMille < risePerMilleMin) return [];
  const risen = { name: 'rise', minor: rise.riseMinor } as const;
  return [
    {
      ...shared(stream),
      kind: 'price-rise',
      key: `price-rise:${stream.key}`,
      money: { minor: rise.yearMinor, currency: stream.currency },
      bucket: bucketOf(rise.yearMinor),
      since: dayNumberToDate(rise.day),
      confidence: stream.confidence,
      arithmetic: [
        {
          step: 'difference',
          from: { name: 'price-now', minor: rise.toMinor },
          take: { name: 'price-before', minor: rise.fromMinor },
          result: risen,
        },
        {
          step: 'times',
          of: risen,
          count: ruleOf(stream.cadence).perYear,
          result: { name: 'rise-a-year', minor: rise.yearMinor },
        },
      ],
      action: { type: 'check-subscription', stream: stream.key },
    },
  ];
};

const lateOrStopped = (stream: StreamAdvice, asOfDay: number): readonly Insight[] => {
  if (
    stream.state === 'active' ||
    asOfDay - stream.lastDay > newsDays + Math.floor(daysOfYear / ruleOf(stream.cadence).perYear)
  )
    return [];
  const kind = stream.state === 'late' ? 'payment-late' : 'payment-stopped';
  return [
    {
      ...shared(stream),
      kind,
      key: `${kind}:${stream.key}`,
      money: { minor: stream.amountMinor, currency: stream.currency },
      bucket: bucketOf(stream.amountMinor),
      since: dayNumberToDate(asOfDay),
      confidence: stream.confidence === 'certain' ? 'likely' : stream.confidence,
      arithmetic: [expectedAmount(stream)],
      action: { type: 'check-subscription', stream: stream.key },
    },
  ];
};

/** Of a fixed stream the entry that began its price, of a variable one the median of its last entries. */
const expectedAmount = ({ amountKind, amountMinor, evidence, priceChanges }: StreamAdvice): ArithmeticStep =>
  amountKind === 'fixed'
    ? {
        step: 'entry',
        id: priceBegan({ evidence, priceChanges }),
        result: { name: 'amount', minor: amountMinor },
      }
    : {
        step: 'usual',
        count: Math.min(amountsMax, evidence.length),
        share: 50,
        result: { name: 'usual', minor: amountMinor },
      };

/** Entries that the median of a variable stream is taken of (`RecurringStream.amountMinor`). */
const amountsMax = 12;

/** The first entry of the price that a fixed stream has now. */
const priceBegan = ({ evidence, priceChanges }: Pick<RecurringStream, 'evidence' | 'priceChanges'>): string =>
  priceChanges.at(-1)?.id ?? evidence[0] ?? '';

/** The latest entries, and the one that the price is shown by. */
const shared = (stream: StreamAdvice) => {
  const latest = stream.evidence.slice(-evidenceMax);
  const began = priceBegan(stream);
  const evidence = latest.includes(began) ? latest : [began, ...latest.slice(1)];
  return { subject: { type: 'stream', stream: stream.key, title: stream.title }, evidence } as const;
};
