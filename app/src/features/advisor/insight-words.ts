import type { Advice, Confidence, Insight, InsightKind, StreamAdvice, TermName } from '@fintrack/advisor-core';
import { type CalendarDate, dayNumberToDate } from '@fintrack/sync-core/protocol';
import type { Format } from '../../ui/format.ts';
import { plural, words } from './words.ts';

/** What an insight is called, what it says, the facts beside it, and the rule that found it. */
export type CardWords = {
  readonly label: string;
  readonly claim: string;
  readonly facts: string;
  readonly rule: string;
};

export type InsightContext = {
  readonly format: Format;
  readonly today: CalendarDate;
  /** Its money is written without a sign. */
  readonly homeCurrency: string;
  readonly categoryName: (id: string | null) => string;
  readonly streams: Advice['streams'];
};

/** Everything a card says. Each kind has whole sentences of its own, so that another language can order them anew. */
export const wordsOfInsight = (insight: Insight, context: InsightContext): CardWords => ({
  label: kindLabels[insight.kind],
  ...catalogue[insight.kind](about(insight, context)),
});

export const kindLabels: Readonly<Record<InsightKind, string>> = {
  'budget-over': 'Budget',
  'budget-above-pace': 'Budget',
  'forecast-over-budget': 'Forecast',
  'duplicate-charge': 'Charged twice',
  'unusual-amount': 'Unusual amount',
  'price-rise': 'Price rise',
  'payment-late': 'Late',
  'payment-stopped': 'Ended',
  'level-change': 'Change',
  'budget-suggestion': 'Suggested budget',
  'savings-rate': 'Last month',
};

type About = {
  /** Category, merchant or entry; the month of a savings rate. */
  readonly name: string;
  /** The insight's own amount, without its sign. */
  readonly money: string;
  readonly isLess: boolean;
  /** An amount of the arithmetic. */
  readonly term: (name: TermName) => string;
  readonly has: (name: TermName) => boolean;
  /** Of the last step: what it multiplies by, or what it is usual of. */
  readonly count: number;
  readonly share: string;
  readonly stream: StreamAdvice | undefined;
  readonly day: (dayNumber: number) => string;
};

const about = (insight: Insight, context: InsightContext): About => {
  const { format, today } = context;
  const { minor, currency } = insight.money;
  const terms = termsOf(insight);
  const { subject } = insight;
  const last = insight.arithmetic.findLast(({ step }) => step === 'times' || step === 'usual');
  return {
    name: nameOf(insight, context),
    money: moneyText(Math.abs(minor), currency, context),
    isLess: minor < 0,
    term: (name) => moneyText(Math.abs(terms.get(name) ?? minor), currency, context),
    has: (name) => terms.has(name),
    count: last?.step === 'times' || last?.step === 'usual' ? last.count : 0,
    share: format.percent((last?.step === 'usual' ? last.share : 0) / 100),
    stream: subject.type === 'stream' ? context.streams.find(({ key }) => key === subject.stream) : undefined,
    day: (dayNumber) => format.day(dayNumberToDate(dayNumber), today),
  };
};

const nameOf = ({ subject }: Insight, { format, today, categoryName }: InsightContext): string => {
  switch (subject.type) {
    case 'budget':
    case 'category':
      return categoryName(subject.categoryId);
    case 'stream':
    case 'entry':
      return subject.title || words.untitled;
    case 'month':
      return format.nearMonth(subject.month, today);
  }
};

export const moneyText = (minor: number, currency: string, { format, homeCurrency }: InsightContext): string =>
  currency === homeCurrency ? format.amount(minor, currency) : format.money(minor, currency);

const termsOf = ({ arithmetic }: Insight): ReadonlyMap<TermName, number> => {
  const terms = arithmetic.flatMap((step) => {
    switch (step.step) {
      case 'difference':
        return [step.from, step.take, step.result];
      case 'sum':
        return [step.first, step.second, step.result];
      case 'times':
      case 'share':
        return [step.of, step.result];
      case 'usual':
      case 'entry':
        return [step.result];
    }
  });
  return new Map(terms.map(({ name, minor }) => [name, minor]));
};

/** Of a price that comes so many times a year. */
const everySo: Readonly<Record<number, string>> = {
  52: 'a week',
  26: 'every two weeks',
  13: 'every four weeks',
  12: 'a month',
  6: 'every two months',
  4: 'a quarter',
  2: 'every half year',
  1: 'a year',
};

const catalogue: Readonly<Record<InsightKind, (about: About) => Omit<CardWords, 'label'>>> = {
  'budget-over': ({ name, money, term }) => ({
    claim: `${name} is ${money} over its budget`,
    facts: `${term('spent')} spent of ${term('budget')}.`,
    rule: 'A budget is over as soon as its entries come to more than it. Budgets count every entry of the month.',
  }),
  'budget-above-pace': ({ name, money, term }) => ({
    claim: `${name} is ${money} above an even pace`,
    facts: `${term('spent-by-now')} spent by now; spread evenly over the month it would be ${term('expected-by-now')}.`,
    rule: 'Told from three entries on, when more of the budget is spent than of the month has passed.',
  }),
  'forecast-over-budget': ({ name, money, term, count }) => ({
    claim: `${name} is heading for ${money} over its budget`,
    facts: `${term('spent-by-now')} spent, about ${term('forecast-rest')} still to come, of ${term('budget')}.`,
    rule: `What the rest of a month cost in the last ${count} ${plural(count, 'month', 'months')}, added to what is spent. It hides itself while earlier forecasts were far off.`,
  }),
  'duplicate-charge': ({ name, money }) => ({
    claim: `${name} may have charged ${money} twice`,
    facts: 'The same amount came again within two days, where that is not usual.',
    rule: 'Two equal charges of one place at most two days apart, unless it often charges the same amount again.',
  }),
  'unusual-amount': ({ name, money, term, has, share }) => ({
    claim: `${name} cost more than usual`,
    facts: has('usual')
      ? `${term('amount')}, where ${share} are at most ${term('usual')}.`
      : `${money} more than usual.`,
    rule: 'Compared with what was paid before at the same place or, where that is too little to go by, in the same category.',
  }),
  'price-rise': ({ name, term, count }) => ({
    claim: `${name} costs ${term('rise')} more ${everySo[count] ?? 'each time'}`,
    facts:
      count === 1
        ? `${term('price-before')} before, ${term('price-now')} now.`
        : `${term('price-before')} before, ${term('price-now')} now. That is ${term('rise-a-year')} more a year.`,
    rule: 'A payment that comes again and again, whose last price is above the one before by more than a hundredth.',
  }),
  'payment-late': ({ name, term, stream, day }) => ({
    claim: stream?.kind === 'income' ? `${name} has not come in yet` : `${name} has not been paid yet`,
    facts: stream?.next
      ? `Expected on ${day(stream.next.day)}, at the latest on ${day(stream.next.latest)}. Usually ${term('usual')}.`
      : `Usually ${term('usual')}.`,
    rule: 'It came regularly before, and the last day on which it should have come has passed.',
  }),
  'payment-stopped': ({ name, term, stream, day }) => ({
    claim: `${name} seems to have ended`,
    facts: stream ? `Last seen on ${day(stream.lastDay)}, usually ${term('usual')}.` : `Usually ${term('usual')}.`,
    rule: 'It came regularly before, and a whole period and some days have passed without it.',
  }),
  'level-change': ({ name, money, isLess, has, term }) => ({
    claim: has('level-now')
      ? `${name} costs ${money} ${isLess ? 'less' : 'more'} a month than it did`
      : `${name} ${isLess ? 'falls' : 'rises'} by ${term('rise')} a month`,
    facts: has('level-now')
      ? `${term('level-before')} in a usual month before, ${term('level-now')} now.`
      : `That is ${money} ${isLess ? 'less' : 'more'} a year.`,
    rule: 'Told when the order of the months, and no single one of them, shows that it is not chance.',
  }),
  'budget-suggestion': ({ name, money, count, share }) => ({
    claim: `${money} a month would do for ${name}`,
    facts: `It would have been enough in ${share} of the last ${count} ${plural(count, 'month', 'months')}.`,
    rule: 'The amount that four months of five stayed within; months long ago count less.',
  }),
  'savings-rate': ({ name, money, isLess, term }) => ({
    claim: isLess ? `${name} cost ${money} more than came in` : `${money} was left of ${name}`,
    facts: `${term('income')} came in, ${term('spent')} went out.`,
    rule: 'All income less all spending of the month. What moved between own accounts is neither.',
  }),
};

/** How sure it is, in words. */
export const confidenceWords: Readonly<Record<Confidence, string>> = {
  certain: 'Certain: a fact of your entries.',
  likely: 'Likely, not certain.',
  possible: 'Possible, with little to go by.',
};
