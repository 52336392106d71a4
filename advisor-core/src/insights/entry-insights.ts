import { type CalendarDate, dateToDayNumber, dayNumberToDate } from '@fintrack/sync-core/protocol/calendar-date';
import { type Groups, inEachMerchant } from '../book.ts';
import { bucketOf } from '../bucket.ts';
import { evidenceMax, type Insight } from '../insight.ts';
import { subtractMinor } from '../minor-arithmetic.ts';
import { type DuplicateCharge, duplicatesIn } from '../patterns/duplicate-charge.ts';
import type { Comparison, UnusualAmount } from '../patterns/unusual-amount.ts';
import { type Alert, pickAlerts, recentAmounts } from '../patterns/unusual-amount-alerts.ts';
import { rememberedUnusual } from '../patterns/unusual-amount-memory.ts';
import { comparePostings } from '../posting.ts';
import { remembered } from '../posting-group.ts';

/** Further back an amount was compared with nothing that still matters; the histories keep fewer. */
const postingsMax = 1200;
/** As many as `recentAmounts` reads of a currency. */
const recentMax = 400;

const unusualOf = rememberedUnusual();
const duplicatesOf = remembered(postingsMax, duplicatesIn);

const duplicatesOfAll = inEachMerchant(({ name, group }, asOfDay) =>
  name.kind === 'expense' ? duplicatesOf(group, asOfDay).map((found) => ({ currency: name.currency, found })) : [],
);

/** Amounts that stand out and charges posted twice: of each currency the most surprising, one in thirty days. */
export const entryInsights = (groups: Groups, asOf: CalendarDate): readonly Insight[] => {
  const asOfDay = dateToDayNumber(asOf);
  const duplicates = duplicatesOfAll(groups, asOfDay);
  return groups.series('expense').flatMap(({ name: { currency } }) => {
    const categories = groups.categoryGroups().filter(({ name }) => name.currency === currency);
    const recent = categories.flatMap(({ group }) => group.upTo(asOfDay, recentMax)).sort(comparePostings);
    const alerts = pickAlerts(
      categories.flatMap(({ group }) => unusualOf(group, asOfDay)),
      duplicates.filter((each) => each.currency === currency).map(({ found }) => found),
      recentAmounts(recent),
    );
    return alerts.flatMap((alert) => insightOf(alert, currency));
  });
};

const insightOf = (alert: Alert, currency: string): readonly Insight[] =>
  alert.type === 'duplicate-charge' ? [duplicateInsight(alert.found, currency)] : unusualInsight(alert.found, currency);

const duplicateInsight = ({ posting, twins, repeats }: DuplicateCharge, currency: string): Insight => {
  const { id, amountMinor } = posting;
  return {
    ...shared(posting, currency, amountMinor),
    kind: 'duplicate-charge',
    key: `duplicate-charge:${id}`,
    confidence: repeats === 0 ? 'likely' : 'possible',
    evidence: [...twins.map((twin) => twin.id), id].slice(-evidenceMax),
    arithmetic: [...twins.slice(-1).map((twin) => entryStep(twin.id, twin.amountMinor)), entryStep(id, amountMinor)],
  };
};

/** Told against the merchant's own amounts where there are enough of them, else against the category's. */
const merchantCountMin = 5;

const unusualInsight = ({ posting, inCategory, atMerchant }: UnusualAmount, currency: string): readonly Insight[] => {
  const { id, amountMinor } = posting;
  const usual = atMerchant && atMerchant.count >= merchantCountMin ? atMerchant : inCategory;
  const overMinor = subtractMinor(amountMinor, usual.highMinor);
  if (overMinor <= 0) return [];
  return [
    {
      ...shared(posting, currency, overMinor),
      kind: 'unusual-amount',
      key: `unusual-amount:${id}`,
      confidence: usual.asLarge === 0 ? 'likely' : 'possible',
      evidence: evidenceOf(id, usual),
      arithmetic: [
        entryStep(id, amountMinor),
        {
          step: 'usual',
          count: usual.count,
          share: shareUpToHigh(usual),
          result: { name: 'usual', minor: usual.highMinor },
        },
        {
          step: 'difference',
          from: { name: 'amount', minor: amountMinor },
          take: { name: 'usual', minor: usual.highMinor },
          result: { name: 'over', minor: overMinor },
        },
      ],
    },
  ];
};

/** Hundredths, rounded down, of the amounts at or below `highMinor`, which stands nine tenths up their order. */
const shareUpToHigh = ({ count }: Comparison): number => Math.floor((100 * (Math.ceil(0.9 * (count - 1)) + 1)) / count);

/** The largest it was compared with, then the entry itself. */
const evidenceOf = (id: string, { largest }: Comparison): readonly string[] => [...largest.toReversed(), id];

const entryStep = (id: string, minor: number) => ({ step: 'entry', id, result: { name: 'amount', minor } }) as const;

const shared = ({ id, title, day }: UnusualAmount['posting'], currency: string, minor: number) =>
  ({
    subject: { type: 'entry', entryId: id, title },
    money: { minor, currency },
    bucket: bucketOf(minor),
    since: dayNumberToDate(day),
    action: { type: 'look-at-entries' },
  }) as const;
