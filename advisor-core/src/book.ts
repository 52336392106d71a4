import { type CalendarMonth, dateToDayNumber, monthOf } from '@fintrack/sync-core/protocol/calendar-date';
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
};

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
      merchantShards: () => [...expenses, ...incomes].flatMap(({ merchants }) => merchants.shards),
      categoryGroups: () => expenses.flatMap(({ categories }) => categories.groups()),
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
  readonly merchants = new GroupIndex<string>((of) => this.nameOf(of));
  /** Of expenses only. */
  readonly categories = new GroupIndex<string | null>((of) => this.nameOf(of));
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

const newMap = <K, V>(): Map<K, V> => new Map();

const getOrAdd = <K, V>(map: Map<K, V>, key: K, create: () => V): V => {
  const found = map.get(key);
  if (found !== undefined) return found;
  const created = create();
  map.set(key, created);
  return created;
};
