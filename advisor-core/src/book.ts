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
  /** By currency. */
  private readonly shelves = { expense: new Map<string, Shelf>(), income: new Map<string, Shelf>() };

  /** A ledger has far fewer titles than entries. */
  private readonly keys = new Map<string, string>();

  /** `isAnalysed`: patterns count it too. */
  add(entry: Entry, isAnalysed: boolean): void {
    getOrAdd(this.months, monthOf(entry.date), newMap<string, Entry>).set(entry.id, entry);
    if (!isAnalysed) return;
    const { kind, currency } = entry;
    getOrAdd(this.shelves[kind], currency, () => new Shelf(kind, currency)).add(entry, this.postingOf(entry));
  }

  remove(entry: Entry, isAnalysed: boolean): void {
    const month = this.months.get(monthOf(entry.date));
    month?.delete(entry.id);
    if (month?.size === 0) this.months.delete(monthOf(entry.date));
    if (!isAnalysed) return;
    const shelves = this.shelves[entry.kind];
    const shelf = shelves.get(entry.currency);
    shelf?.remove(entry, this.postingOf(entry));
    if (shelf?.isEmpty) shelves.delete(entry.currency);
  }

  /** All of it but what is in one of these currencies. */
  without(currencies: ReadonlySet<string>): Groups {
    const kept = (kind: Entry['kind']): readonly Shelf[] =>
      [...this.shelves[kind].values()].filter(({ currency }) => !currencies.has(currency));
    const [expenses, incomes] = [kept('expense'), kept('income')];
    return {
      entriesOf: (month) =>
        [...(this.months.get(month)?.values() ?? [])].filter((each) => !currencies.has(each.currency)),
      merchantGroups: () => [...expenses, ...incomes].flatMap(({ merchants }) => [...merchants.values()]),
      categoryGroups: () => expenses.flatMap(({ categories }) => [...categories.values()]),
      spendingByCategory: () => expenses.flatMap(({ categorySeries }) => [...categorySeries.values()]),
      series: (kind) => (kind === 'expense' ? expenses : incomes).map(({ total }) => total),
    };
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
}

/** The groups of one kind and currency. */
class Shelf {
  readonly currency: string;
  readonly merchants = new Map<string, Named<PostingGroup>>();
  /** Of expenses only. */
  readonly categories = new Map<string | null, Named<PostingGroup>>();
  /** Of expenses only. */
  readonly categorySeries = new Map<string | null, Named<Series>>();
  readonly total: Named<Series>;
  private readonly kind: Entry['kind'];

  constructor(kind: Entry['kind'], currency: string) {
    this.kind = kind;
    this.currency = currency;
    this.total = { name: this.nameOf(null), group: new Series() };
  }

  get isEmpty(): boolean {
    return this.total.group.isEmpty;
  }

  add({ date, amountMinor, categoryId }: Entry, posting: Posting): void {
    const { merchant } = posting;
    this.total.group.add(date, amountMinor);
    if (merchant !== '') getOrAdd(this.merchants, merchant, () => this.newGroup(merchant)).group.add(posting);
    if (this.kind !== 'expense') return;
    getOrAdd(this.categories, categoryId, () => this.newGroup(categoryId)).group.add(posting);
    getOrAdd(this.categorySeries, categoryId, () => this.newSeries(categoryId)).group.add(date, amountMinor);
  }

  remove({ date, amountMinor, categoryId }: Entry, posting: Posting): void {
    this.total.group.remove(date, amountMinor);
    if (posting.merchant !== '') removeFrom(this.merchants, posting.merchant, posting);
    if (this.kind !== 'expense') return;
    removeFrom(this.categories, categoryId, posting);
    const series = this.categorySeries.get(categoryId)?.group;
    series?.remove(date, amountMinor);
    if (series?.isEmpty) this.categorySeries.delete(categoryId);
  }

  private newGroup(of: string | null): Named<PostingGroup> {
    return { name: this.nameOf(of), group: new PostingGroup() };
  }

  private newSeries(of: string | null): Named<Series> {
    return { name: this.nameOf(of), group: new Series() };
  }

  private nameOf(of: string | null): GroupName {
    return { kind: this.kind, currency: this.currency, of };
  }
}

const removeFrom = <K>(groups: Map<K, Named<PostingGroup>>, of: K, posting: Posting): void => {
  const group = groups.get(of)?.group;
  group?.remove(posting);
  if (group?.size === 0) groups.delete(of);
};

const newMap = <K, V>(): Map<K, V> => new Map();

const getOrAdd = <K, V>(map: Map<K, V>, key: K, create: () => V): V => {
  const found = map.get(key);
  if (found !== undefined) return found;
  const created = create();
  map.set(key, created);
  return created;
};
