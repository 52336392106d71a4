import type {
  ClientReads,
  ClientStore,
  ClientWrites,
  KeptItem,
  OutboxItem,
  RecordState,
  ReplicaMeta,
} from '../client/ports.ts';
import type { JournalRecord } from '../client/index.ts';
import type { RecordKey } from '../protocol/ids.ts';

/** All that a device has stored, as a value: taking one is a copy of the profile, putting one back a restore of it. */
export type DeviceState = {
  readonly meta: ReplicaMeta;
  readonly records: ReadonlyMap<RecordKey, RecordState>;
  readonly outbox: readonly OutboxItem[];
  readonly kept: readonly KeptItem[];
  readonly journal: readonly JournalRecord[];
};

export type MemoryClientStore = ClientStore & {
  state(): DeviceState;
  /** Puts a whole state in place: a restored or cloned profile. */
  replace(state: DeviceState): void;
};

export type MemoryClientStoreOptions = {
  /** Called at each await inside a transaction; rejecting kills the transaction there. */
  readonly pause?: () => Promise<void> | undefined;
  /** Told of every transaction as it begins. */
  readonly onBegin?: (running: Promise<unknown>) => void;
  /** Called when a transaction is about to be written; throwing writes nothing, as a full disk does. */
  readonly onCommit?: (before: DeviceState, after: DeviceState) => void;
};

/** What several tabs of one profile share. */
export type MemoryDisk = { state: DeviceState; last: Promise<unknown> };

export const createMemoryDisk = (state: DeviceState): MemoryDisk => ({ state, last: Promise.resolve() });

export const emptyDeviceState = (meta: ReplicaMeta): DeviceState => ({
  meta,
  records: new Map(),
  outbox: [],
  kept: [],
  journal: [],
});

/** A device's store in memory: one transaction after another, all or nothing. */
export const createMemoryClientStore = (meta: ReplicaMeta, options: MemoryClientStoreOptions = {}): MemoryClientStore =>
  openMemoryClientStore(createMemoryDisk(emptyDeviceState(meta)), options);

/** One tab's way to a disk: transactions of all its tabs wait for each other. */
export const openMemoryClientStore = (disk: MemoryDisk, options: MemoryClientStoreOptions = {}): MemoryClientStore => {
  const pause = options.pause ?? (() => undefined);
  const run = async <T>(
    plan: (reads: ClientReads) => Promise<{ readonly writes?: ClientWrites; readonly result: T }>,
  ) => {
    const from = disk.state;
    const { writes, result } = await plan(readsOf(from, pause));
    await pause();
    if (!writes) return result;
    const after = written(from, writes);
    options.onCommit?.(from, after);
    disk.state = after;
    return result;
  };
  return {
    transact: (plan) => {
      const next = disk.last.then(() => {
        const running = run(plan);
        options.onBegin?.(running);
        return running;
      });
      disk.last = next.catch(() => undefined);
      return next;
    },
    state: () => disk.state,
    replace: (next) => {
      disk.state = next;
    },
  };
};

const absent: RecordState = { confirmed: undefined, pending: [], shown: undefined };

const readsOf = (from: DeviceState, pause: () => Promise<void> | undefined): ClientReads => ({
  meta: async () => {
    await pause();
    return from.meta;
  },
  records: async (keys) => {
    await pause();
    return new Map(keys.map((key) => [key, from.records.get(key) ?? absent]));
  },
  recordsBetween: async (after, through) => {
    await pause();
    return new Map([...from.records].filter(([key]) => key > after && (through === '' || key <= through)));
  },
  keptAbove: async (seq) => {
    await pause();
    return from.kept.filter((item) => item.seq > seq).sort((a, b) => a.epoch - b.epoch || a.seq - b.seq);
  },
  outboxFrom: async (number, changesMax) => {
    await pause();
    const items: OutboxItem[] = [];
    let count = 0;
    for (const item of from.outbox) {
      if (item.last < number) continue;
      if (count >= changesMax) break;
      items.push(item);
      count += item.last - Math.max(item.first, number) + 1;
    }
    return items;
  },
});

const written = (state: DeviceState, writes: ClientWrites): DeviceState => ({
  meta: writes.meta,
  records: recordsAfter(state.records, writes),
  outbox: outboxAfter(state.outbox, writes),
  kept: keptAfter(state.kept, writes),
  journal: writes.journal?.length ? [...state.journal, ...writes.journal] : state.journal,
});

const recordsAfter = (before: DeviceState['records'], writes: ClientWrites): DeviceState['records'] => {
  if (!writes.records?.length) return before;
  const records = new Map(before);
  for (const { key, after } of writes.records) records.set(key, after);
  return records;
};

const keptAfter = (before: DeviceState['kept'], { keep = [], keepDelete = [] }: ClientWrites): DeviceState['kept'] => {
  if (keep.length === 0 && keepDelete.length === 0) return before;
  const isGone = (item: KeptItem): boolean =>
    keepDelete.some(({ epoch, seq }) => item.epoch === epoch && item.seq === seq);
  return [...before.filter((item) => !isGone(item)), ...keep];
};

const outboxAfter = (before: DeviceState['outbox'], writes: ClientWrites): DeviceState['outbox'] => {
  if (!writes.outboxDelete?.length && !writes.outboxPut?.length) return before;
  const gone = new Set(writes.outboxDelete ?? []);
  for (const item of writes.outboxPut ?? []) gone.add(item.first);
  const left = before.filter((item) => !gone.has(item.first));
  return [...left, ...(writes.outboxPut ?? [])].sort((a, b) => a.first - b.first);
};
