import type { CalendarDate } from '@fintrack/sync-core/protocol';
import { lazy, type ReactNode, type RefObject, Suspense, useMemo } from 'react';
import { Link } from 'wouter';
import type { Category, Entry } from '../model/ledger.ts';
import { type DaySum, type EntryListItem, groupByDay } from './entry-groups.ts';
import './entry-list.css';
import type { Format } from './format.ts';
import { useFormat } from './format-context.tsx';
import { Mark } from './mark.tsx';

/** Fewer rows than this are all in the page, so that the browser's own search finds them. */
const virtualFrom = 150;

/** Most months are short: the code for long lists comes when there is one, and until then its first rows show. */
const VirtualRows = lazy(async () => ({ default: (await import('./virtual-rows.tsx')).VirtualRows }));

const words = {
  date: 'Date',
  title: 'Description',
  category: 'Category',
  note: 'Note',
  state: 'State',
  amount: 'Amount',
  income: 'Income',
  noCategory: 'No category',
  untitled: 'No description',
  waiting: 'waiting to back up',
};

type EntryListProps = {
  /** Newest date first. */
  entries: readonly Entry[];
  categoryById: ReadonlyMap<string, Category>;
  homeCurrency: string;
  today: CalendarDate;
  /** A table with one line an entry, for wide panes. */
  isTable?: boolean;
  /** What scrolls; the window unless given. */
  scrollRef?: RefObject<HTMLElement | null>;
  /** Says "waiting to back up"; off where there is no account to back up to. */
  showsPending: boolean;
};

export const EntryList = (props: EntryListProps) => {
  const items = useMemo(() => groupByDay(props.entries), [props.entries]);
  const shown = props.isTable ? items.filter((item) => item.type === 'entry') : items;
  const format = useFormat();
  const rows = shown.map((item) => <ListItem key={keyOf(item)} item={item} list={props} format={format} />);
  const body = <MaybeVirtual scrollRef={props.scrollRef}>{rows}</MaybeVirtual>;
  if (!props.isTable) return <div className="entries">{body}</div>;
  return (
    <div className="ledger-table" role="table" aria-rowcount={props.entries.length + 1}>
      <div role="row" className="head">
        <span role="columnheader" aria-sort="descending">
          {words.date}
        </span>
        <span role="columnheader">{words.title}</span>
        <span role="columnheader">{words.category}</span>
        <span role="columnheader">{words.note}</span>
        <span role="columnheader">
          <span className="sr">{words.state}</span>
        </span>
        <span role="columnheader" className="n">
          {words.amount}
        </span>
      </div>
      <div role="rowgroup">{body}</div>
    </div>
  );
};

const keyOf = (item: EntryListItem): string =>
  item.type === 'day' ? item.date : `${item.entry.kind}/${item.entry.id}`;

type MaybeVirtualProps = {
  scrollRef: RefObject<HTMLElement | null> | undefined;
  children: readonly ReactNode[];
};

const MaybeVirtual = ({ scrollRef, children }: MaybeVirtualProps) => {
  if (children.length < virtualFrom) return children;
  return (
    <Suspense fallback={children.slice(0, virtualFrom)}>
      <VirtualRows scrollRef={scrollRef}>{children}</VirtualRows>
    </Suspense>
  );
};

type ItemProps = { item: EntryListItem; list: EntryListProps; format: Format };

const ListItem = ({ item, list, format }: ItemProps) => {
  if (item.type === 'day') return <DayHeading date={item.date} sums={item.sums} list={list} format={format} />;
  return list.isTable ? (
    <TableRow entry={item.entry} isFirstOfDay={item.isFirstOfDay} list={list} format={format} />
  ) : (
    <Row entry={item.entry} list={list} format={format} />
  );
};

type DayHeadingProps = { date: CalendarDate; sums: readonly DaySum[]; list: EntryListProps; format: Format };

const DayHeading = ({ date, sums, list, format }: DayHeadingProps) => (
  <div className="day">
    <h3>{format.nearDay(date, list.today)}</h3>
    <span>{sums.map((sum) => amountText(sum.spentMinor, sum.currency, list.homeCurrency, format)).join(', ')}</span>
  </div>
);

type RowProps = { entry: Entry; list: EntryListProps; format: Format };

const Row = ({ entry, list, format }: RowProps) => {
  const category = entry.categoryId === null ? undefined : list.categoryById.get(entry.categoryId);
  const sub = [
    entry.kind === 'income' ? words.income : (category?.name ?? words.noCategory),
    entry.note,
    entry.isPending && list.showsPending ? words.waiting : '',
  ].filter((part) => part !== '');
  return (
    <Link className="row" href={entryHref(entry)}>
      <Mark hue={category?.hue} />
      <span>
        <span className="clip">{entry.title || words.untitled}</span>
        <span className="sub clip">{sub.join(', ')}</span>
      </span>
      <EntryAmount entry={entry} list={list} format={format} />
    </Link>
  );
};

const TableRow = ({ entry, isFirstOfDay, list, format }: RowProps & { isFirstOfDay: boolean }) => {
  const category = entry.categoryId === null ? undefined : list.categoryById.get(entry.categoryId);
  const day = format.day(entry.date, list.today);
  return (
    <Link role="row" className={isFirstOfDay ? '' : 'same-day'} href={entryHref(entry)}>
      <span role="cell">{isFirstOfDay ? day : <span className="sr">{day}</span>}</span>
      <span role="cell" className="medium">
        {entry.title || words.untitled}
      </span>
      <span role="cell">
        <span className={category || entry.kind === 'income' ? 'cat' : 'cat dim'}>
          {category && <Mark hue={category.hue} />}
          {entry.kind === 'income' ? words.income : (category?.name ?? words.noCategory)}
        </span>
      </span>
      <span role="cell" className="dim">
        {entry.note}
      </span>
      <span role="cell" className="dim">
        {entry.isPending && list.showsPending ? words.waiting : ''}
      </span>
      <span role="cell" className="n">
        <EntryAmount entry={entry} list={list} format={format} />
      </span>
    </Link>
  );
};

/** Income leads with a plus and its word stands in the row, so that colour says nothing alone. */
const EntryAmount = ({ entry, list, format }: RowProps) => (
  <span className={entry.kind === 'income' ? 'n income' : 'n'}>
    {entry.kind === 'income' && '+'}
    {amountText(entry.amountMinor, entry.currency, list.homeCurrency, format)}
  </span>
);

const amountText = (minor: number, currency: string, homeCurrency: string, format: Format): string =>
  currency === homeCurrency ? format.amount(minor, currency) : format.money(minor, currency);

const entryHref = (entry: Entry): string => `/entry/${entry.kind}/${entry.id}`;
