import { compareText, firstDifference } from './compare.ts';
import { type EntryProblem, nameOf, problemOf } from './entry-check.ts';
import { ExactSum } from './exact-sum.ts';
import type { Entry } from './ledger.ts';

export type LeftOut = { readonly id: string; readonly problem: EntryProblem };

/** The entries of a ledger by id: those that can be read, and the names of all others. */
export class EntrySet {
  private readonly entries = new Map<string, Entry>();
  private readonly problems = new Map<string, Set<EntryProblem>>();
  /** By currency, of all amounts without their signs. */
  private readonly sizes = new Map<string, ExactSum>();

  /**
   * Readable entries stay, in order of date and id. Of several with one id that differ one stays, the same whatever order
   * they came in, and the id is named among those left out.
   */
  constructor(entries: Iterable<Entry>) {
    for (const entry of entries) {
      const problem = problemOf(entry);
      if (problem) this.leaveOut(nameOf(entry), problem);
      else this.choose(entry);
    }
    for (const entry of this.entries.values()) this.resize(entry, 1);
  }

  get size(): number {
    return this.entries.size;
  }

  get(id: string): Entry | undefined {
    return this.entries.get(id);
  }

  /** False for an entry that cannot be read. There must be none of its id: `take` it first. */
  put(entry: Entry): boolean {
    const problem = problemOf(entry);
    if (problem) {
      this.leaveOut(nameOf(entry), problem);
      return false;
    }
    this.entries.set(entry.id, entry);
    this.resize(entry, 1);
    return true;
  }

  /** Takes away what has this name, and gives it if it could be read. */
  take(name: string): Entry | undefined {
    this.problems.delete(name);
    const entry = this.entries.get(name);
    if (!entry) return undefined;
    this.entries.delete(name);
    this.resize(entry, -1);
    return entry;
  }

  /** By date, then by id. */
  inOrder(): readonly Entry[] {
    // A day has few entries: to sort within days is several times as quick as to sort them all.
    const days = new Map<string, Entry[]>();
    for (const entry of this.entries.values()) {
      const day = days.get(entry.date);
      if (day === undefined) days.set(entry.date, [entry]);
      else day.push(entry);
    }
    return [...days.keys()].sort(compareText).flatMap((date) => days.get(date)?.sort(byId) ?? []);
  }

  /** By id. */
  leftOut(): readonly LeftOut[] {
    return [...this.problems]
      .flatMap(([id, problems]) => [...problems].map((problem) => ({ id, problem })))
      .sort((a, b) => firstDifference(compareText(a.id, b.id), compareText(a.problem, b.problem)));
  }

  /** Currencies whose figures could be more than is exact; by name. */
  tooLarge(): readonly string[] {
    return [...this.sizes].flatMap(([currency, { value }]) => (value > sizeMax ? [currency] : [])).sort(compareText);
  }

  private choose(entry: Entry): void {
    const twin = this.entries.get(entry.id);
    const difference = twin ? compareEntries(twin, entry) : -1;
    if (twin && difference !== 0) this.leaveOut(entry.id, 'id');
    if (difference < 0) this.entries.set(entry.id, entry);
  }

  private leaveOut(name: string, problem: EntryProblem): void {
    this.problems.set(name, (this.problems.get(name) ?? new Set()).add(problem));
  }

  private resize({ currency, amountMinor }: Entry, sign: 1 | -1): void {
    let size = this.sizes.get(currency);
    if (!size) this.sizes.set(currency, (size = new ExactSum()));
    size.add(sign * Math.abs(amountMinor));
  }
}

/** An eighth of what is exact: what is expected of the weeks to come, and of a month that grows, is a few times a sum. */
const sizeMax = Number.MAX_SAFE_INTEGER / 8;

const byId = (a: Entry, b: Entry): number => compareText(a.id, b.id);

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
