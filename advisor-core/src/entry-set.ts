import { compareText, firstDifference } from './compare.ts';
import { type EntryProblem, nameOf, problemOf } from './entry-check.ts';
import { ExactSum } from './exact-sum.ts';
import { getOrAdd } from './get-or-add.ts';
import type { Entry } from './ledger.ts';

export type LeftOut = { readonly id: string; readonly problem: EntryProblem };

/**
 * The entries of a ledger: of each id one that can be read, and the names of all others. Of several with one id that differ
 * one is chosen, the same whatever order they came in, and the id is named among those left out.
 */
export class EntrySet {
  private readonly chosen = new Map<string, Entry>();
  /** Readable ones too, by id, for when the chosen one goes. */
  private readonly others = new Map<string, Entry[]>();
  /** How many entries with each name cannot be read, by why. */
  private readonly unreadable = new Map<string, Map<EntryProblem, number>>();
  /** By currency, of all amounts without their signs. */
  private readonly sizes = new Map<string, ExactSum>();

  constructor(entries: Iterable<Entry>) {
    for (const entry of entries) this.add(entry);
  }

  get size(): number {
    return this.chosen.size;
  }

  /** The chosen one. */
  get(id: string): Entry | undefined {
    return this.chosen.get(id);
  }

  add(entry: Entry): void {
    const problem = problemOf(entry);
    if (problem) return this.count(nameOf(entry), problem, 1);
    const twin = this.chosen.get(entry.id);
    if (!twin) return this.choose(entry);
    const [less, more] = compareEntries(twin, entry) < 0 ? [twin, entry] : [entry, twin];
    getOrAdd(this.others, entry.id, () => []).push(less);
    if (more !== twin) this.choose(more);
  }

  /** Takes away one entry like this. Throws where there is none. */
  remove(entry: Entry): void {
    const problem = problemOf(entry);
    if (problem) return this.count(nameOf(entry), problem, -1);
    const { id } = entry;
    const chosen = this.chosen.get(id);
    const others = this.others.get(id) ?? [];
    const isChosen = chosen !== undefined && isAlike(chosen, entry);
    const twin = isChosen ? greatest(others) : others.find((other) => isAlike(other, entry));
    if (!isChosen && !twin) throw neverAdded(id);
    if (twin) others.splice(others.indexOf(twin), 1);
    if (isChosen) this.choose(twin ?? id);
    if (others.length === 0) this.others.delete(id);
  }

  /** By date, then by id. */
  inOrder(): readonly Entry[] {
    // A day has few entries: to sort within days is several times as quick as to sort them all.
    const days = new Map<string, Entry[]>();
    for (const entry of this.chosen.values()) {
      const day = days.get(entry.date);
      if (day === undefined) days.set(entry.date, [entry]);
      else day.push(entry);
    }
    return [...days.keys()].sort(compareText).flatMap((date) => days.get(date)?.sort(byId) ?? []);
  }

  /** By id. */
  leftOut(): readonly LeftOut[] {
    const twins = [...this.others.keys()].filter((id) => this.isOneOfSeveral(id)).map((id) => leftOutFor(id, 'id'));
    const unreadable = [...this.unreadable].flatMap(([id, problems]) =>
      [...problems.keys()].map((problem) => leftOutFor(id, problem)),
    );
    return [...twins, ...unreadable].sort((a, b) =>
      firstDifference(compareText(a.id, b.id), compareText(a.problem, b.problem)),
    );
  }

  /** Currencies whose figures could be more than is exact; by name. */
  tooLarge(): readonly string[] {
    return [...this.sizes].flatMap(([currency, { value }]) => (value > sizeMax ? [currency] : [])).sort(compareText);
  }

  /** Instead of the one that was; an id alone for none. */
  private choose(chosen: Entry | string): void {
    const id = typeof chosen === 'string' ? chosen : chosen.id;
    const before = this.chosen.get(id);
    if (before) this.resize(before, -1);
    if (typeof chosen === 'string') this.chosen.delete(id);
    else {
      this.chosen.set(id, chosen);
      this.resize(chosen, 1);
    }
  }

  /** Not where that is said of the id already. */
  private isOneOfSeveral(id: string): boolean {
    const chosen = this.chosen.get(id);
    const differ = this.others.get(id)?.some((other) => chosen && !isAlike(chosen, other)) ?? false;
    return differ && !this.unreadable.get(id)?.has('id');
  }

  private count(name: string, problem: EntryProblem, by: 1 | -1): void {
    const problems = getOrAdd(this.unreadable, name, () => new Map<EntryProblem, number>());
    const count = (problems.get(problem) ?? 0) + by;
    if (count < 0) throw neverAdded(name);
    if (count === 0) problems.delete(problem);
    else problems.set(problem, count);
    if (problems.size === 0) this.unreadable.delete(name);
  }

  private resize({ currency, amountMinor }: Entry, sign: 1 | -1): void {
    getOrAdd(this.sizes, currency, () => new ExactSum()).add(sign * Math.abs(amountMinor));
  }
}

/** An eighth of what is exact: what is expected of the weeks to come, and of a month that grows, is a few times a sum. */
const sizeMax = Number.MAX_SAFE_INTEGER / 8;

const byId = (a: Entry, b: Entry): number => compareText(a.id, b.id);

const leftOutFor = (id: string, problem: EntryProblem): LeftOut => ({ id, problem });

const neverAdded = (name: string): Error => new Error(`an entry is removed that was never added: ${name}`);

const greatest = (entries: readonly Entry[]): Entry | undefined =>
  entries.length === 0 ? undefined : entries.reduce((a, b) => (compareEntries(a, b) < 0 ? b : a));

/** Analysis cannot tell them apart. */
export const isAlike = (a: Entry, b: Entry): boolean => a.id === b.id && compareEntries(a, b) === 0;

/** By all that analysis reads; 0 for entries that are alike. */
const compareEntries = (a: Entry, b: Entry): number =>
  firstDifference(
    compareText(a.date, b.date),
    a.amountMinor - b.amountMinor,
    compareText(a.kind, b.kind),
    compareText(a.currency, b.currency),
    compareText(a.title, b.title),
    compareText(a.categoryId ?? '', b.categoryId ?? ''),
  );
