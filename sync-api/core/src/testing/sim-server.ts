import type { PartResult, TransportResult } from '../client/exchange.ts';
import type { Json } from '../protocol/json.ts';
import type { StoredEntry } from '../protocol/log-entry.ts';
import type { PartRequest, SyncAnswer, WireEntry } from '../protocol/messages.ts';
import { parseSyncAnswer, parseSyncRequest } from '../protocol/parse.ts';
import type { History } from '../server/archive.ts';
import { compact } from '../server/compact.ts';
import { deleteSpace, finishDeletion } from '../server/delete-space.ts';
import { handleSync } from '../server/handle-sync.ts';
import { materialise } from '../server/materialise.ts';
import { openEpoch } from '../server/open-epoch.ts';
import type { BlobStore, ChangeLog, LifecycleSettings, RowStore, SpaceStore } from '../server/ports.ts';
import { repairRows } from '../server/repair-rows.ts';
import { servePart } from '../server/serve-snapshot.ts';
import { takeSnapshot } from '../server/take-snapshot.ts';
import { type ServerWrite, writeOnServer } from '../server/write-on-server.ts';
import { createMemoryHistory, type MemoryHistory } from './memory-lifecycle-stores.ts';
import { createMemoryRowAudit } from './memory-row-audit.ts';
import { createMemoryChangeLog, createMemoryRowStore, type MemoryChangeLog } from './memory-server-stores.ts';
import type { Task } from './scheduler.ts';
import { faultyLog, paused, pausedRows, type RowsTold, type SimProcess } from './sim-ports.ts';
import type { Setting } from './sim-setting.ts';

export const worldSpace = 'world';

export type SimServerOptions = RowsTold & {
  /** Small, so that a world meets all of the lifecycle. */
  readonly settings: LifecycleSettings;
  readonly onFailure: (failure: string) => void;
  /** A restore lost every entry above this position; others may stand there instead. */
  readonly onCut: (head: number) => void;
};

export type Backup = {
  /** Every entry up to then, compacted or not. */
  readonly entries: readonly StoredEntry[];
  /** The first position that the log itself held. */
  readonly first: number;
  /**
   * Puts the log back, with all functions stopped, and opens an epoch [L4]. `isWhole`: the facts beside the log too, as where
   * both were lost. The tables are whatever they were.
   */
  putBack(isWhole: boolean): Promise<void>;
};

/** How many entries two logs share. */
export const inCommon = (a: readonly StoredEntry[], b: readonly StoredEntry[]): number => {
  const index = a.findIndex((stored, i) => stored !== b[i]);
  return index < 0 ? a.length : index;
};

/** The server of a world: short-lived processes over one log and one set of tables, each killed at any await. */
export class SimServer {
  readonly log: MemoryChangeLog;
  readonly rows = createMemoryRowStore();
  readonly history: MemoryHistory;
  /** Every entry that was ever appended and not lost by a restore, compacted or not. */
  readonly everything: StoredEntry[] = [];
  /** Nobody is served while the server is restored. */
  isStopped = false;
  private readonly setting: Setting;
  private readonly options: SimServerOptions;
  private readonly readEntries = new WeakMap<readonly Json[], WireEntry>();
  private readonly running = new Set<Task>();

  constructor(setting: Setting, options: SimServerOptions) {
    this.setting = setting;
    this.options = options;
    this.log = this.recorded(createMemoryChangeLog());
    this.history = createMemoryHistory(this.log, options.settings);
  }

  get head(): number {
    return this.everything.length;
  }

  /** A sync request in a process of its own. A killed one never answers: the gateway says so in its stead. */
  async answer(text: string): Promise<TransportResult> {
    const { faults, random } = this.setting;
    if (this.isStopped) return { type: 'refused', refusal: { type: 'busy', message: 'under repair' } };
    if (faults.strikes('throttle', 0.02)) return throttled(random.pick([0, 200, 5000]));
    return (await this.process(0.03, (task) => this.handle(text, task))) ?? { type: 'unreachable' };
  }

  async part(request: PartRequest): Promise<PartResult> {
    if (this.isStopped) return { type: 'refused', refusal: { type: 'busy', message: 'under repair' } };
    const served = await this.process(0.03, (task) => servePart(this.historyFor(task), worldSpace, request));
    if (!served) return { type: 'unreachable' };
    return served.ok ? { type: 'part', text: served.value } : { type: 'refused', refusal: served.error };
  }

  /** One try of a write of the server's own; nothing where the process was killed. */
  write(write: ServerWrite): Promise<Awaited<ReturnType<typeof writeOnServer>> | undefined> {
    if (this.isStopped) return Promise.resolve(undefined);
    const { nowMs } = this.setting.scheduler;
    return this.process(0.1, (task) => writeOnServer(this.historyFor(task), worldSpace, write, nowMs));
  }

  /** The account's own request; asked again until it is done. */
  async deleteSpace(): Promise<void> {
    for (let tries = 0; tries < 100; tries++) {
      const { nowMs } = this.setting.scheduler;
      const work = (task: Task) => deleteSpace(this.historyFor(task), this.pausedRows(task), worldSpace, nowMs);
      if ((await this.process(0.2, work))?.ok) return;
    }
    this.options.onFailure('[L6] the account could not be deleted');
  }

  async finishDeletions(nowMs: number): Promise<void> {
    for (const deletion of await this.history.spaces.deletions())
      await finishDeletion(this.history, this.rows, deletion, nowMs);
  }

  /** [I14] What a deleted account has left behind, if it is more than the seal. */
  whatIsLeft(): string | undefined {
    const entries = this.log.entries(worldSpace).filter((stored) => stored !== undefined);
    if (entries.length !== 1 || entries[0]?.entry.type !== 'seal') return `[I14] ${entries.length} entries are left`;
    if (this.rows.all(worldSpace).size > 0) return '[I14] rows are left';
    if (this.history.blobs.texts.size > 0) return '[I14] snapshots or archives are left';
    return this.history.spaces.left(worldSpace) > 0 ? '[I14] facts are left' : undefined;
  }

  /** A run of the materialiser, as the log's stream or the sweeper starts it. */
  async materialise(): Promise<void> {
    if (this.isStopped) return;
    await this.process(0.1, (task) => materialise(this.historyFor(task), this.pausedRows(task), worldSpace));
  }

  async takeSnapshot(): Promise<void> {
    if (this.isStopped) return;
    try {
      await this.process(0.2, (task) => takeSnapshot(this.historyFor(task), worldSpace));
      await this.repairDigest();
    } catch (error) {
      // A text that was damaged before it was read back: the pointer did not move to it.
      if (this.setting.faults.counts.corruptBlob === 0) throw error;
    }
  }

  /** [M3] As after a snapshot, under whatever runs of the materialiser are on their way; a restore ends it. */
  private async repairDigest(): Promise<void> {
    if (this.isStopped || (await this.rows.applied(worldSpace)).digest !== null) return;
    await this.process(0.2, (task) =>
      repairRows(this.historyFor(task), this.pausedRows(task), createMemoryRowAudit(this.rows), worldSpace),
    );
  }

  async compact(): Promise<void> {
    if (this.isStopped) return;
    const { scheduler, faults } = this.setting;
    const floor = await this.process(0.2, (task) => {
      return compact(this.historyFor(task), this.pausedRows(task), worldSpace, scheduler.nowMs);
    });
    if (floor !== undefined && floor > 1) faults.count('compaction');
  }

  /** The database as it is now. */
  backup(): Backup {
    const entries = this.everything.slice();
    const first = this.log.entries(worldSpace).findIndex((stored) => stored !== undefined) + 1;
    const [log, facts] = [this.log.backup(), this.history.spaces.backup()];
    const putBack = async (isWhole: boolean): Promise<void> => {
      this.isStopped = true;
      for (const task of this.running) this.setting.scheduler.kill(task);
      log();
      if (isWhole) facts();
      this.options.onCut(inCommon(entries, this.everything));
      this.everything.splice(0, this.everything.length, ...entries);
      await this.reopen();
      this.isStopped = false;
    };
    return { entries, first, putBack };
  }

  /** May be killed or meet errors anywhere, and is run again until it is done. */
  private async reopen(): Promise<void> {
    const { nowMs } = this.setting.scheduler;
    const open = (task: Task) => openEpoch(this.historyFor(task), this.pausedRows(task), worldSpace, nowMs);
    let why: unknown = 'killed';
    const note = (error: unknown) => {
      why = error;
    };
    for (let tries = 0; tries < 100; tries++) {
      if (await this.process(0.15, open).catch(note)) return;
    }
    this.options.onFailure(`[L4] the epoch could not be opened: ${String(why)}`);
  }

  /** Runs a process that may be killed; nothing where it was. */
  private async process<T>(killChance: number, work: (task: Task) => Promise<T>): Promise<T | undefined> {
    const { faults, random } = this.setting;
    const task: Task = { isKilled: false };
    this.running.add(task);
    if (faults.strikes('killServer', killChance)) this.killLater(task, random.between(0, 8));
    try {
      return await work(task);
    } catch (error) {
      if (task.isKilled) return undefined;
      throw error;
    } finally {
      this.running.delete(task);
    }
  }

  private historyFor(task: Task): History {
    const { blobs, spaces, settings } = this.history;
    const pause = () => this.setting.scheduler.pause(task);
    return {
      log: this.faultyLog(task),
      blobs: paused<BlobStore>(blobs, pause),
      spaces: paused<SpaceStore>(spaces, pause),
      settings,
    };
  }

  /** Remembers every entry, and that no position is written twice. */
  private recorded(log: MemoryChangeLog): MemoryChangeLog {
    return {
      ...log,
      append: async (space, entry, vector) => {
        const result = await log.append(space, entry, vector);
        if (result.type !== 'appended') return result;
        if (entry.seq !== this.everything.length + 1)
          this.options.onFailure(`[L3] ${entry.seq} was written with the head at ${this.everything.length}`);
        const stored = await log.at(space, entry.seq);
        if (stored) this.everything.push(stored);
        return result;
      },
    };
  }

  private async handle(text: string, task: Task): Promise<TransportResult> {
    const request = parseSyncRequest(text);
    if (!request.ok) throw new Error(`the server cannot read ${text}`);
    const result = await handleSync(
      { ...this.history, log: this.faultyLog(task) },
      worldSpace,
      request.value,
      this.setting.scheduler.nowMs,
    );
    await this.setting.scheduler.pause(task);
    if (!result.ok) return { type: 'refused', refusal: result.error };
    const isNewer = this.setting.faults.strikes('newerProgram', 0.1);
    const value = isNewer ? { ...result.value, hint: { later: [null] } } : result.value;
    return { type: 'answer', answer: this.overTheWire(value) };
  }

  /** As text and back through the gate. What many devices are sent is read once: nobody changes what was read. */
  private overTheWire({ entries, ...frame }: SyncAnswer): SyncAnswer {
    const read = (value: SyncAnswer): SyncAnswer => {
      const parsed = parseSyncAnswer(JSON.stringify(value));
      if (!parsed.ok) throw new Error('the device cannot read an answer');
      return parsed.value;
    };
    const arrived = entries.map((entry): WireEntry => {
      // Of a stored entry the changes are always the same list, at one place of one epoch.
      const list = entry.type === 'changes' || entry.type === 'server' ? entry.changes : undefined;
      const known = list && this.readEntries.get(list);
      if (known?.seq === entry.seq && known.epoch === entry.epoch) return known;
      const arrives = read({ ...frame, entries: [entry] }).entries[0];
      if (!arrives) throw new Error('an entry did not arrive');
      if (list) this.readEntries.set(list, arrives);
      return arrives;
    });
    return { ...read({ ...frame, entries: [] }), entries: arrived };
  }

  private faultyLog(task: Task): ChangeLog {
    return faultyLog(this.log, this.processOf(task), this.options.settings.functionTimeoutMs);
  }

  private pausedRows(task: Task): RowStore {
    return pausedRows(this.rows, this.processOf(task), this.options);
  }

  private processOf(task: Task): SimProcess {
    return { setting: this.setting, task, running: this.running };
  }

  private killLater(task: Task, steps: number): void {
    const { scheduler } = this.setting;
    const wait = async () => {
      for (let i = 0; i < steps; i++) await scheduler.pause({ isKilled: false });
      scheduler.kill(task);
    };
    void wait();
  }
}

const throttled = (delayMs: number): TransportResult => ({
  type: 'refused',
  refusal: { type: 'throttled', message: 'the gateway throttles', delayMs },
});
