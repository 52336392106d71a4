import {
  type Advice,
  type Advisor,
  type CategoryQuestion,
  type CategorySuggestion,
  createAdvisor,
  type Entry,
} from '@fintrack/advisor-core';
import { type CalendarDate, kindOfKey, transfersCategoryId } from '@fintrack/sync-core/protocol';
import { AdvisedRecords, advisedKinds } from './advised-records.ts';
import type { AdvisorSource } from './advisor-source.ts';
import type { AnnouncedWrite } from './announced-writes.ts';
import { CategoryTeacher } from './category-teacher.ts';
import { dismissalKind } from './dismissals.ts';
import { forecastKind } from './forecasts.ts';

export type FedAdvisorDeps = {
  /** Waits so long at most for word of a write that another tab has just made, in ms. */
  readonly announcementMsMax: number;
  readonly delay: (ms: number) => Promise<void>;
};

/** Keys that are remembered until somebody asks: with more, reading the ledger anew is as quick. */
const keysMax = 20_000;

/** Writes may come in faster than they are read, as while a first sync runs; the answer then holds for a moment ago. */
const roundsMax = 20;

type Fed = {
  readonly records: AdvisedRecords;
  readonly advisor: Advisor;
  readonly teacher: CategoryTeacher;
  readonly writeCount: number;
};

/**
 * An advisor of one stored ledger. Reads it once, then only the records that announced writes name; where an
 * announcement is missing, all of it again. `announced` must be told of every write from before the first question on.
 */
export class FedAdvisor {
  private readonly source: AdvisorSource;
  private readonly deps: FedAdvisorDeps;
  private readonly keysOfWrite = new Map<number, readonly string[]>();
  private keyCount = 0;
  private wakeUp: () => void = () => undefined;
  private turn: Promise<unknown> = Promise.resolve();
  private fed: Fed | undefined;
  private last: Advice | undefined;

  constructor(source: AdvisorSource, deps: FedAdvisorDeps) {
    this.source = source;
    this.deps = deps;
  }

  announced({ writeCount, keys }: Pick<AnnouncedWrite, 'writeCount' | 'keys'>): void {
    if (this.keyCount > keysMax) this.forgetAnnounced();
    this.keysOfWrite.set(writeCount, keys);
    this.keyCount += keys.length;
    this.wakeUp();
  }

  /** Of the ledger as it is when asked, or later. */
  async advise(asOf: CalendarDate): Promise<Advice> {
    const { advisor } = await this.upToDate();
    if (this.last?.asOf !== asOf) this.last = advisor.advise(asOf);
    return this.last;
  }

  /** Entries as the advice counted them, in the order asked for; those that are gone are left out. */
  async entries(ids: readonly string[]): Promise<readonly Entry[]> {
    const { records } = await this.upToDate();
    return ids.flatMap((id) => records.entries.get(`expense/${id}`) ?? records.entries.get(`income/${id}`) ?? []);
  }

  /** From the person's own entries, best first. Other questions are answered while it learns. */
  async suggestCategory(question: CategoryQuestion): Promise<readonly CategorySuggestion[]> {
    const { teacher } = await this.upToDate();
    return teacher.suggest(question);
  }

  close(): void {
    this.source.close();
  }

  /** One after the other: each catches up with what was written before it. */
  private upToDate(): Promise<Fed> {
    const next = this.turn.then(() => this.catchUp());
    this.turn = next.catch(() => undefined);
    return next;
  }

  private async catchUp(): Promise<Fed> {
    let fed = this.fed ?? (await this.readAll());
    for (let round = 0; round < roundsMax; round += 1) {
      const { through, keys } = this.takeAnnounced(fed.writeCount);
      const { writeCount, rows } = await this.source.rows(keys);
      // Fewer than there were: an older copy of the browser's data was put back.
      fed = writeCount < fed.writeCount ? await this.readAll() : this.change(fed, keys, rows, through);
      if (fed.writeCount >= writeCount) return fed;
      if (!(await this.isAnnounced(fed.writeCount + 1))) fed = await this.readAll();
    }
    return fed;
  }

  /** Records of the announced writes that follow `after` without a gap. */
  private takeAnnounced(after: number): { readonly through: number; readonly keys: readonly string[] } {
    const found = new Set<string>();
    let through = after;
    for (let keys = this.keysOfWrite.get(through + 1); keys; keys = this.keysOfWrite.get(through + 1)) {
      for (const key of keys) found.add(key);
      through += 1;
    }
    for (const [writeCount, keys] of this.keysOfWrite) {
      if (writeCount > through) continue;
      this.keysOfWrite.delete(writeCount);
      this.keyCount -= keys.length;
    }
    return { through, keys: [...found] };
  }

  /** A write is there before word of it is. */
  private async isAnnounced(writeCount: number): Promise<boolean> {
    const { announcementMsMax, delay } = this.deps;
    const state = { isOver: false };
    const over = delay(announcementMsMax).then(() => void (state.isOver = true));
    while (!state.isOver && !this.keysOfWrite.has(writeCount))
      await Promise.race([over, new Promise<void>((resolve) => void (this.wakeUp = resolve))]);
    return this.keysOfWrite.has(writeCount);
  }

  private async readAll(): Promise<Fed> {
    this.forgetAnnounced();
    const writeCount = await this.source.writeCount();
    const records = new AdvisedRecords();
    for (const kind of advisedKinds)
      for await (const rows of this.source.rowsOfKind(kind)) for (const row of rows) records.keep(row.key, row);
    const advisor = createAdvisor({
      entries: records.entries.values(),
      budgets: records.budgets.values(),
      feedback: records.feedback.values(),
      forecasts: records.forecasts.values(),
      transfersCategoryId,
    });
    const teacher = new CategoryTeacher({
      entries: () => records.entries.values(),
      pause: () => this.deps.delay(0),
    });
    return this.hold({ records, advisor, teacher, writeCount });
  }

  /** Records of `keys` are as `rows` has them, and gone where it has none. */
  private change(
    fed: Fed,
    keys: readonly string[],
    rows: Awaited<ReturnType<AdvisorSource['rows']>>['rows'],
    through: number,
  ): Fed {
    if (through === fed.writeCount) return fed;
    const { records, advisor, teacher } = fed;
    const found = new Map(rows.map((row) => [row.key, row]));
    for (const key of keys) {
      const before = records.entries.get(key);
      records.keep(key, found.get(key));
      const after = records.entries.get(key);
      if (before || after) advisor.apply({ ...(before ? { before } : {}), ...(after ? { after } : {}) });
      teacher.changed(before, after);
    }
    const kinds = new Set(keys.map(kindOfKey));
    if (kinds.has('budget')) advisor.setBudgets(records.budgets.values());
    if (kinds.has(dismissalKind)) advisor.setFeedback(records.feedback.values());
    if (kinds.has(forecastKind)) advisor.setForecasts(records.forecasts.values());
    return this.hold({ ...fed, writeCount: through });
  }

  private hold(fed: Fed): Fed {
    this.fed = fed;
    this.last = undefined;
    return fed;
  }

  private forgetAnnounced(): void {
    this.keysOfWrite.clear();
    this.keyCount = 0;
  }
}
