import { type CalendarMonth, dateToDayNumber, monthOf } from '@fintrack/sync-core/protocol/calendar-date';
import type { Entry } from './ledger.ts';
import { merchantKey } from './merchant.ts';
import type { Posting } from './posting.ts';
import { PostingGroup } from './posting-group.ts';
import { Series } from './series.ts';

/** What belongs together: entries of one kind and one currency, of one merchant or of one category. */
export type GroupName = {
  readonly kind: Entry['kind'];
  readonly currency: string;
  /** Merchant key or category id; null are the uncategorised. */
  readonly of: string | null;
};

export type Named<T> = { readonly name: GroupName; readonly group: T };

/** What analyses read of a book. */
export type Groups = {
  /** Entries of a month, transfers and excluded ones too. */
  entriesOf(month: CalendarMonth): Iterable<Entry>;
  /** Of a merchant; entries whose title names none are in none. */
  merchantGroups(): readonly Named<PostingGroup>[];
  /** Of a category; of expenses only. */
  categoryGroups(): readonly Named<PostingGroup>[];
  /** Of a category; of expenses only. */
  spendingByCategory(): readonly Named<Series>[];
  /** Of one currency: all that was spent, or all that was earned. */
  series(kind: Entry['kind']): readonly Named<Series>[];
};

/**
 * Entries sorted into the groups that analyses look at. Each entry belongs to one group of every sort, so that one entry
 * that comes or goes changes these and no other: all advice is worked out of them, whatever order entries came in.
 */
export class Book {
  /** Entries of each month, transfers and excluded ones too: totals and budgets count them. */
  private readonly months = new Map<CalendarMonth, Map<string, Entry>>();
  private readonly merchants = new Map<string, Named<PostingGroup>>();
  private readonly categories = new Map<string, Named<PostingGroup>>();
  private readonly categorySeries = new Map<string, Named<Series>>();
  private readonly totals = new Map<string, Named<Series>>();

  /** A ledger has far fewer titles than entries. */
  private readonly keys = new Map<string, string>();

  /** `isAnalysed`: patterns count it too. */
  add(entry: Entry, isAnalysed: boolean): void {
    getOrAdd(this.months, monthOf(entry.date), () => new Map()).set(entry.id, entry);
    if (isAnalysed) this.count(entry);
  }

  remove(entry: Entry, isAnalysed: boolean): void {
    const month = this.months.get(monthOf(entry.date));
    month?.delete(entry.id);
    if (month?.size === 0) this.months.delete(monthOf(entry.date));
    if (isAnalysed) this.discount(entry);
  }

  /** All of it but what is in one of these currencies. */
  without(currencies: ReadonlySet<string>): Groups {
    const kept = <T>(groups: ReadonlyMap<string, Named<T>>): readonly Named<T>[] =>
      [...groups.values()].filter(({ name }) => !currencies.has(name.currency));
    return {
      entriesOf: (month) =>
        [...(this.months.get(month)?.values() ?? [])].filter((each) => !currencies.has(each.currency)),
      merchantGroups: () => kept(this.merchants),
      categoryGroups: () => kept(this.categories),
      spendingByCategory: () => kept(this.categorySeries),
      series: (kind) => kept(this.totals).filter(({ name }) => name.kind === kind),
    };
  }

  private count(entry: Entry): void {
    const posting = this.postingOf(entry);
    for (const [groups, name] of this.groupsOf(entry, posting)) {
      getOrAdd(groups, keyOf(name), () => ({ name, group: new PostingGroup() })).group.add(posting);
    }
    for (const [series, name] of this.seriesOf(entry)) {
      getOrAdd(series, keyOf(name), () => ({ name, group: new Series() })).group.add(entry.date, entry.amountMinor);
    }
  }

  private discount(entry: Entry): void {
    const posting = this.postingOf(entry);
    for (const [groups, name] of this.groupsOf(entry, posting)) {
      const group = groups.get(keyOf(name))?.group;
      group?.remove(posting);
      if (group?.size === 0) groups.delete(keyOf(name));
    }
    for (const [series, name] of this.seriesOf(entry)) {
      const own = series.get(keyOf(name))?.group;
      own?.remove(entry.date, entry.amountMinor);
      if (own?.isEmpty) series.delete(keyOf(name));
    }
  }

  private postingOf({ id, date, amountMinor, title, categoryId, kind }: Entry): Posting {
    return {
      id,
      day: dateToDayNumber(date),
      amountMinor,
      title,
      merchant: getOrAdd(this.keys, title, () => merchantKey(title)),
      categoryId: kind === 'expense' ? categoryId : null,
    };
  }

  private groupsOf({ kind, currency, categoryId }: Entry, { merchant }: Posting) {
    const ofMerchant = merchant === '' ? [] : [[this.merchants, { kind, currency, of: merchant }] as const];
    const ofCategory = kind === 'expense' ? [[this.categories, { kind, currency, of: categoryId }] as const] : [];
    return [...ofMerchant, ...ofCategory];
  }

  private seriesOf({ kind, currency, categoryId }: Entry) {
    const ofCategory = kind === 'expense' ? [[this.categorySeries, { kind, currency, of: categoryId }] as const] : [];
    return [[this.totals, { kind, currency, of: null }] as const, ...ofCategory];
  }
}

/** No kind and no currency has a bar in it. */
const keyOf = ({ kind, currency, of }: GroupName): string => `${kind}|${currency}|${of === null ? '' : `=${of}`}`;

const getOrAdd = <K, V>(map: Map<K, V>, key: K, create: () => V): V => {
  const found = map.get(key);
  if (found !== undefined) return found;
  const created = create();
  map.set(key, created);
  return created;
};
