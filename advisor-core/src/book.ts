import { type CalendarMonth, dateToDayNumber, monthOf } from '@fintrack/sync-core/protocol/calendar-date';
import { getOrAdd } from './get-or-add.ts';
import type { Entry } from './ledger.ts';
import { merchantKey } from './merchant.ts';
import type { Posting } from './posting.ts';
import { GroupIndex, type GroupName, type Named, type Shard } from './group-index.ts';
import type { PostingGroup } from './posting-group.ts';
import { remembered } from './remembered.ts';
import { Series } from './series.ts';

export type { GroupName, Named, Shard } from './group-index.ts';

/** What analyses read of a book. */
export type Groups = {
  /** Entries of a month, transfers and excluded ones too. */
  entriesOf(month: CalendarMonth): Iterable<Entry>;
  /** Groups of a merchant each (see `inEachMerchant`); entries whose title names none are in none. */
  merchantShards(): readonly Shard[];
  /** Of a category; of expenses only. */
  categoryGroups(): readonly Named<PostingGroup>[];
  /** Of a category; of expenses only. */
  spendingByCategory(): readonly Named<Series>[];
  /** Of one currency: all that was spent, or all that was earned. */
  series(kind: Entry['kind']): readonly Named<Series>[];
  /** By currency, what a month came to in fact: with what patterns leave aside. Absent where there was no entry. */
  totalsIn(kind: Entry['kind'], month: number): ReadonlyMap<string, number>;
  /** The same of the spending of one currency, or of one category in it. */
  spentIn(month: number, currency: string, of: { readonly categoryId: string | null } | 'total'): number;
};

/**
 * `analysed`: patterns count the entry. `aside`: the person left it out of them; it was spent or earned all the same.
 * `moved`: it only changed its account.
 */
export type EntryRole = 'analysed' | 'aside' | 'moved';

/** An analysis of every merchant's group on its own, done again only for those near to one that has changed. */
export const inEachMerchant = <T>(
  analyse: (named: Named<PostingGroup>, asOfDay: number) => readonly T[],
): ((groups: Groups, asOfDay: number) => readonly T[]) => {
  const inShard = remembered((shard: Shard, asOfDay) => [...shard.groups].flatMap((named) => analyse(named, asOfDay)));
  return (groups, asOfDay) => groups.merchantShards().flatMap((shard) => inShard(shard, asOfDay));
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

  add(entry: Entry, role: EntryRole): void {
    getOrAdd(this.months, monthOf(entry.date), newMap<string, Entry>).set(entry.id, entry);
    if (role === 'moved') return;
    const { kind, currency } = entry;
    const shelf = getOrAdd(this.shelves[kind], currency, () => new Shelf(kind, currency));
    if (role === 'aside') shelf.aside.add(entry);
    else shelf.add(entry, this.postingOf(entry));
  }

  remove(entry: Entry, role: EntryRole): void {
    const month = this.months.get(monthOf(entry.date));
    month?.delete(entry.id);
    if (month?.size === 0) this.months.delete(monthOf(entry.date));
    if (role === 'moved') return;
    const shelves = this.shelves[entry.kind];
    const shelf = shelves.get(entry.currency);
    if (role === 'aside') shelf?.aside.remove(entry);
    else shelf?.remove(entry, this.postingOf(entry));
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
      merchantShards: () => [...expenses, ...incomes].flatMap(({ merchants }) => merchants.shards),
      categoryGroups: () => expenses.flatMap(({ categories }) => categories.groups()),
      spendingByCategory: () => expenses.flatMap(({ categorySeries }) => [...categorySeries.values()]),
      series: (kind) =>
        (kind === 'expense' ? expenses : incomes).map(({ total }) => total).filter(({ group }) => !group.isEmpty),
      totalsIn: (kind, month) =>
        new Map(
          (kind === 'expense' ? expenses : incomes)
            .filter((shelf) => shelf.hasEntriesIn(month))
            .map((shelf) => [shelf.currency, shelf.totalIn(month)]),
        ),
      spentIn: (month, currency, of) => {
        const shelf = expenses.find((each) => each.currency === currency);
        if (!shelf) return 0;
        return of === 'total' ? shelf.totalIn(month) : shelf.categoryTotalIn(month, of.categoryId);
      },
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
  readonly merchants = new GroupIndex<string>((of) => this.nameOf(of));
  /** Of expenses only. */
  readonly categories = new GroupIndex<string | null>((of) => this.nameOf(of));
  /** Of expenses only. */
  readonly categorySeries = new Map<string | null, Named<Series>>();
  readonly total: Named<Series>;
  /** Left out of all the above. */
  readonly aside = new Aside();
  private readonly kind: Entry['kind'];

  constructor(kind: Entry['kind'], currency: string) {
    this.kind = kind;
    this.currency = currency;
    this.total = { name: this.nameOf(null), group: new Series() };
  }

  get isEmpty(): boolean {
    return this.total.group.isEmpty && this.aside.total.isEmpty;
  }

  hasEntriesIn(month: number): boolean {
    return this.total.group.daysOf(month).length > 0 || this.aside.total.daysOf(month).length > 0;
  }

  totalIn(month: number): number {
    return this.total.group.totalOf(month) + this.aside.total.totalOf(month);
  }

  categoryTotalIn(month: number, categoryId: string | null): number {
    const aside = this.aside.categories.get(categoryId)?.totalOf(month) ?? 0;
    return (this.categorySeries.get(categoryId)?.group.totalOf(month) ?? 0) + aside;
  }

  add({ date, amountMinor, categoryId }: Entry, posting: Posting): void {
    const { merchant } = posting;
    this.total.group.add(date, amountMinor);
    if (merchant !== '') this.merchants.add(merchant, posting);
    if (this.kind !== 'expense') return;
    this.categories.add(categoryId, posting);
    getOrAdd(this.categorySeries, categoryId, () => this.newSeries(categoryId)).group.add(date, amountMinor);
  }

  remove({ date, amountMinor, categoryId }: Entry, posting: Posting): void {
    this.total.group.remove(date, amountMinor);
    if (posting.merchant !== '') this.merchants.remove(posting.merchant, posting);
    if (this.kind !== 'expense') return;
    this.categories.remove(categoryId, posting);
    const series = this.categorySeries.get(categoryId)?.group;
    series?.remove(date, amountMinor);
    if (series?.isEmpty) this.categorySeries.delete(categoryId);
  }

  private newSeries(of: string | null): Named<Series> {
    return { name: this.nameOf(of), group: new Series() };
  }

  private nameOf(of: string | null): GroupName {
    return { kind: this.kind, currency: this.currency, of };
  }
}

/** What patterns do not count, in sums alone. */
class Aside {
  readonly total = new Series();
  readonly categories = new Map<string | null, Series>();

  add({ date, amountMinor, categoryId }: Entry): void {
    this.total.add(date, amountMinor);
    getOrAdd(this.categories, categoryId, () => new Series()).add(date, amountMinor);
  }

  remove({ date, amountMinor, categoryId }: Entry): void {
    this.total.remove(date, amountMinor);
    const series = this.categories.get(categoryId);
    series?.remove(date, amountMinor);
    if (series?.isEmpty) this.categories.delete(categoryId);
  }
}

const newMap = <K, V>(): Map<K, V> => new Map();
