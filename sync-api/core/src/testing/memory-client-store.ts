import type {
  ClientReads,
  ClientStore,
  ClientWrites,
  KeptItem,
  OutboxItem,
  RecordState,
  ReplicaMeta,
} from '../client/ports.ts';
import type { JournalRecord } from '../fold.ts';
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
  readonly pause?: () => Promise<void>;
};

const absent: RecordState = { confirmed: undefined, pending: [], shown: undefined };

/** A device's store in memory: one transaction after another, all or nothing. */
export const createMemoryClientStore = (
  meta: ReplicaMeta,
  options: MemoryClientStoreOptions = {},
): MemoryClientStore => {
  let state: DeviceState = { meta, records: new Map(), outbox: [], kept: [], journal: [] };
  let last: Promise<unknown> = Promise.resolve();
  const pause = options.pause ?? (() => Promise.resolve());

  const readsOf = (from: DeviceState): ClientReads => ({
    meta: async () => {
      await pause();
      return from.meta;
    },
    records: async (keys) => {
      await pause();
      return new Map(keys.map((key) => [key, from.records.get(key) ?? absent]));
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

  const run = async <T>(
    plan: (reads: ClientReads) => Promise<{ readonly writes?: ClientWrites; readonly result: T }>,
  ) => {
    const from = state;
    const { writes, result } = await plan(readsOf(from));
    await pause();
    if (writes) state = written(from, writes);
    return result;
  };

  return {
    transact: (plan) => {
      const next = last.then(() => run(plan));
      last = next.catch(() => undefined);
      return next;
    },
    state: () => state,
    replace: (next) => {
      state = next;
    },
  };
};

const written = (state: DeviceState, writes: ClientWrites): DeviceState => {
  const records = new Map(state.records);
  for (const { key, after } of writes.records ?? []) records.set(key, after);
  const gone = new Set(writes.outboxDelete ?? []);
  const put = new Set((writes.outboxPut ?? []).map((item) => item.first));
  const left = state.outbox.filter((item) => !gone.has(item.first) && !put.has(item.first));
  return {
    meta: writes.meta,
    records,
    outbox: [...left, ...(writes.outboxPut ?? [])].toSorted((a, b) => a.first - b.first),
    kept: [...state.kept, ...(writes.keep ?? [])],
    journal: [...state.journal, ...(writes.journal ?? [])],
  };
};
