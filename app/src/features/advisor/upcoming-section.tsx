import type { Advice, UpcomingAdvice } from '@fintrack/advisor-core';
import { dayNumberToDate } from '@fintrack/sync-core/protocol';
import { Link } from 'wouter';
import { Icon } from '../../ui/icon.tsx';
import { type InsightContext, moneyText } from './insight-words.ts';
import { upcomingWords as words } from './upcoming-words.ts';

type Posting = UpcomingAdvice['postings'][number];
export type Upcoming = { readonly posting: Posting; readonly currency: string };

/** Expected bills or incomes of every currency, by day. */
export const upcomingOf = ({ upcoming }: Pick<Advice, 'upcoming'>, kind: Posting['kind']): readonly Upcoming[] =>
  upcoming
    .flatMap(({ currency, postings }) => postings.map((posting) => ({ posting, currency })))
    .filter(({ posting }) => posting.kind === kind)
    .toSorted((a, b) => a.posting.day - b.posting.day);

type UpcomingSectionProps = {
  advice: Pick<Advice, 'upcoming'>;
  kind: Posting['kind'];
  context: InsightContext;
  /** So many at most, and none that are merely possible; all unless given. */
  limit?: number;
};

/** What is expected to be paid, or to come in, and by when. Nothing where nothing is expected. */
export const UpcomingSection = ({ advice, kind, context, limit }: UpcomingSectionProps) => {
  const all = upcomingOf(advice, kind);
  const sure = all.filter(({ posting }) => posting.confidence !== 'possible');
  const possible = limit === undefined ? all.filter(({ posting }) => posting.confidence === 'possible') : [];
  if (sure.length === 0 && possible.length === 0) return null;
  const id = `upcoming-${kind}`;
  return (
    <section className="sect" aria-labelledby={id}>
      <div className="sect-head">
        <h2 id={id}>{words.title[kind]}</h2>
        <span>{sumText(advice, kind, sure, context)}</span>
      </div>
      <UpcomingRows rows={limit === undefined ? sure : sure.slice(0, limit)} context={context} />
      {limit !== undefined && sure.length > limit && (
        <Link className="upcoming-all" href="/advisor">
          {words.all(sure.length)}
          <Icon name="next" small />
        </Link>
      )}
      {possible.length > 0 && (
        <details className="possible">
          <summary>{words.possible(possible.length)}</summary>
          <UpcomingRows rows={possible} context={context} />
        </details>
      )}
    </section>
  );
};

const UpcomingRows = ({ rows, context }: { rows: readonly Upcoming[]; context: InsightContext }) => (
  <ul className="rows">
    {rows.map(({ posting, currency }) => (
      <UpcomingRow
        key={`${posting.streamKey} ${posting.day}`}
        posting={posting}
        currency={currency}
        context={context}
      />
    ))}
  </ul>
);

/** Of each currency by itself, by the last day that is listed. */
const sumText = (
  { upcoming }: Pick<Advice, 'upcoming'>,
  kind: Posting['kind'],
  sure: readonly Upcoming[],
  context: InsightContext,
): string => {
  const sums = upcoming.flatMap(({ currency, cashFlow }) => {
    const minor = kind === 'expense' ? cashFlow.spentMinor : cashFlow.earnedMinor;
    return minor === 0 ? [] : [moneyText(minor, currency, context)];
  });
  const lastDay = Math.max(...sure.map(({ posting }) => posting.day));
  return sums.length === 0 ? '' : words.by(sums.join(', '), context.format.shortDay(dayNumberToDate(lastDay)));
};

type RowProps = { posting: Posting; currency: string; context: InsightContext };

const UpcomingRow = ({ posting, currency, context }: RowProps) => {
  const { format, streams } = context;
  const stream = streams.find(({ key }) => key === posting.streamKey);
  const money = (minor: number) => moneyText(minor, currency, context);
  const [low, high] = posting.amountRange;
  const sub = [
    stream ? words.cadence[stream.cadence] : '',
    posting.isLate ? words.late : whenText(posting, (date) => format.shortDay(date)),
    low === high ? '' : words.between(money(low), money(high)),
  ];
  return (
    <li className="upcoming">
      <span className="when">{format.day(dayNumberToDate(posting.day), context.today)}</span>
      <span className="break">
        {stream?.title || words.untitled}
        <span className="sub">{sub.filter((part) => part !== '').join(', ')}</span>
      </span>
      <span className="n">{low === high ? money(posting.amountMinor) : words.about(money(posting.amountMinor))}</span>
    </li>
  );
};

/** The days between which it comes, where that is not one day. */
const whenText = ({ earliest, latest }: Posting, shortDay: (date: string) => string): string =>
  earliest === latest ? '' : words.days(shortDay(dayNumberToDate(earliest)), shortDay(dayNumberToDate(latest)));
