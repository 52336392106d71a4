import {
  type CategoryExample,
  type CategoryLearner,
  type CategoryQuestion,
  type CategorySuggestion,
  createCategoryLearner,
  type Entry,
  learnInSlices,
} from '@fintrack/advisor-core';
import { dateToDayNumber } from '@fintrack/sync-core/protocol';

export type CategoryTeacherDeps = {
  /** Every entry as it is now. */
  readonly entries: () => Iterable<Entry>;
  /** Lets other questions through. */
  readonly pause: () => Promise<void>;
};

/** A learner forgets nothing, so it starts anew once more than this many of its examples have changed or gone. */
const staleMax = 8;
/** In a small ledger fewer are too many. */
const staleShareMax = 0.01;

/** Examples between pauses: some 10 ms on a laptop. */
const perSlice = 200;

/**
 * Teaches a category learner from a ledger's expenses that have a category, by date and id. It starts with the first
 * question; each later one first learns what was saved since. Edits and deletions are let go of in one go: see `staleMax`.
 */
export class CategoryTeacher {
  private readonly deps: CategoryTeacherDeps;
  private learner: CategoryLearner | undefined;
  private learnedCount = 0;
  private readonly saved = new Map<string, CategoryExample>();
  /** Examples as they were learned, by id, of entries that are not so any more. */
  private readonly stale = new Map<string, CategoryExample>();
  private turn: Promise<unknown> = Promise.resolve();

  constructor(deps: CategoryTeacherDeps) {
    this.deps = deps;
  }

  async suggest(question: CategoryQuestion): Promise<readonly CategorySuggestion[]> {
    const next = this.turn.then(() => this.upToDate());
    this.turn = next.catch(() => undefined);
    return (await next).predict(question);
  }

  /** An entry was saved, changed or deleted; `entries` has it already. */
  changed(before: Entry | undefined, after: Entry | undefined): void {
    const id = before?.id ?? after?.id;
    if (!this.learner || id === undefined) return;
    const now = exampleOf(after);
    if (this.saved.delete(id)) return this.keep(this.saved, id, now);
    const learned = this.stale.get(id) ?? exampleOf(before);
    if (!learned) return this.keep(this.saved, id, now);
    this.stale.delete(id);
    if (!isSame(learned, now)) this.stale.set(id, learned);
  }

  private keep(into: Map<string, CategoryExample>, id: string, example: CategoryExample | undefined): void {
    if (example) into.set(id, example);
  }

  /** What changes while it learns is judged against what it was given, and waits for the next question. */
  private async upToDate(): Promise<CategoryLearner> {
    const known = this.isStale() ? undefined : this.learner;
    const learner = known ?? createCategoryLearner();
    const examples = known
      ? [...this.saved.values()]
      : [...this.deps.entries()].flatMap((entry) => exampleOf(entry) ?? []);
    if (!known) {
      this.learnedCount = 0;
      this.stale.clear();
    }
    this.saved.clear();
    this.learner = learner;
    this.learnedCount += examples.length;
    for (const _ of learnInSlices(learner, examples.sort(byDayAndId), perSlice)) await this.deps.pause();
    return learner;
  }

  private isStale(): boolean {
    return this.stale.size > Math.min(staleMax, this.learnedCount * staleShareMax);
  }
}

const exampleOf = (entry: Entry | undefined): CategoryExample | undefined => {
  if (entry?.kind !== 'expense' || entry.categoryId === null) return undefined;
  const { id, date, title, amountMinor, categoryId } = entry;
  return { id, day: dateToDayNumber(date), title, amountMinor, categoryId };
};

const isSame = (a: CategoryExample, b: CategoryExample | undefined): boolean =>
  b !== undefined &&
  a.day === b.day &&
  a.title === b.title &&
  a.amountMinor === b.amountMinor &&
  a.categoryId === b.categoryId;

const byDayAndId = (a: CategoryExample, b: CategoryExample): number => a.day - b.day || (a.id < b.id ? -1 : 1);
