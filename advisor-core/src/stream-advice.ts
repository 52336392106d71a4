import { compareText, firstDifference } from './compare.ts';
import type { Wishes } from './feedback.ts';
import { type Groups, inEachMerchant, type Named } from './book.ts';
import type { Entry } from './ledger.ts';
import type { PostingGroup } from './posting-group.ts';
import { remembered } from './posting-group.ts';
import { type RecurringStream, recurringIn } from './patterns/recurring.ts';
import { type Upcoming, upcomingBills } from './patterns/upcoming-bills.ts';

/** A recurring payment or income, with what it is called. */
export type StreamAdvice = RecurringStream & {
  readonly kind: Entry['kind'];
  readonly currency: string;
  /** Of its last entry. */
  readonly title: string;
  /** Of its last entry; null for incomes. */
  readonly categoryId: string | null;
  /** Of its entries. */
  readonly count: number;
};

/** Of a merchant with more, the older ones tell nothing of what comes next; `recurringIn` reads about as many. */
const postingsMax = 4000;

const streamsOf = remembered(postingsMax, (postings, asOfDay) =>
  recurringIn(postings, asOfDay).map((stream) => {
    const lastId = stream.evidence.at(-1);
    return { stream, last: postings.findLast(({ id }) => id === lastId) };
  }),
);

/** Every stream of the book but those a person said are none: by kind, currency, what comes next, and key. */
export const streamAdvice = (groups: Groups, asOfDay: number, wishes: Wishes): readonly StreamAdvice[] =>
  streamsOfAll(groups, asOfDay)
    .filter((stream) => !wishes.notSubscriptions.has(stream.key))
    .sort(byWhatComesNext);

const streamsOfGroup = ({ name, group }: Named<PostingGroup>, asOfDay: number): readonly StreamAdvice[] =>
  streamsOf(group, asOfDay).map(({ stream, last }) => ({
    ...stream,
    key: `${name.kind}.${name.currency}.${stream.key}`,
    kind: name.kind,
    currency: name.currency,
    title: last?.title ?? '',
    categoryId: last?.categoryId ?? null,
    count: stream.evidence.length,
  }));

const streamsOfAll = inEachMerchant(streamsOfGroup);

const byWhatComesNext = (a: StreamAdvice, b: StreamAdvice): number =>
  firstDifference(
    compareText(a.kind, b.kind),
    compareText(a.currency, b.currency),
    (a.next?.day ?? never) - (b.next?.day ?? never),
    compareText(a.key, b.key),
  );

const never = 1_000_000;

/** What is expected in one currency during the next `upcomingDays`. */
export type UpcomingAdvice = Upcoming & { readonly currency: string };

const upcomingDays = 35;

/** By currency; one without expectations is absent. */
export const upcomingAdvice = (streams: readonly StreamAdvice[], asOfDay: number): readonly UpcomingAdvice[] =>
  [...new Set(streams.map((stream) => stream.currency))].sort(compareText).flatMap((currency) => {
    const own = streams.filter((stream) => stream.currency === currency);
    const [expenses, incomes] = (['expense', 'income'] as const).map((kind) =>
      own.filter((each) => each.kind === kind),
    );
    const upcoming = upcomingBills({
      expenses: expenses ?? [],
      incomes: incomes ?? [],
      asOfDay,
      horizonDays: upcomingDays,
    });
    return upcoming.postings.length > 0 ? [{ currency, ...upcoming }] : [];
  });
