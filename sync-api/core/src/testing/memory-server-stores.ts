import type { RecordKey, SpaceId } from '../protocol/ids.ts';
import { idOfKey, kindOfKey, recordKey } from '../protocol/ids.ts';
import { limits } from '../protocol/limits.ts';
import type { StoredEntry } from '../protocol/log-entry.ts';
import { tableKinds } from '../protocol/records.ts';
import type { Row } from '../row.ts';
import { type Applied, type ChangeLog, nothingApplied, type RowStore } from '../server/ports.ts';

export type MemoryChangeLog = ChangeLog & {
  entries(space: SpaceId): readonly StoredEntry[];
  /** Takes a backup; what it gives puts everything back as it was then. */
  backup(): () => void;
};

/** Logs in memory. Sizes are those of the uncompressed changes. */
export const createMemoryChangeLog = (): MemoryChangeLog => {
  const logs = new Map<SpaceId, StoredEntry[]>();
  const of = (space: SpaceId): StoredEntry[] => logs.get(space) ?? [];
  return {
    entries: of,
    backup: () => {
      const saved = [...logs].map(([space, log]) => [space, log.slice()] as const);
      return () => {
        logs.clear();
        for (const [space, log] of saved) logs.set(space, log.slice());
      };
    },
    tail: async (space) => of(space).at(-1),
    at: async (space, seq) => of(space)[seq - 1],
    after: async (space, seq, bounds) => {
      const run: StoredEntry[] = [];
      let sizeBytes = 0;
      for (const stored of of(space).slice(seq)) {
        if (!stored) continue; // compacted
        if (run.length >= bounds.entriesMax || (run.length > 0 && sizeBytes + stored.sizeBytes > bounds.sizeBytesMax))
          break;
        run.push(stored);
        sizeBytes += stored.sizeBytes;
      }
      return run;
    },
    append: async (space, entry, vector) => {
      const log = of(space);
      const there = log[entry.seq - 1];
      if (there) return { type: 'occupied', by: there };
      const sizeBytes = 'changes' in entry ? JSON.stringify(entry.changes).length : 0;
      if (sizeBytes > limits.requestSizeBytesMax) return { type: 'tooLarge', limitBytes: limits.requestSizeBytesMax };
      // As in a database, an entry may be put anywhere that is free; the array is dense because callers append.
      log[entry.seq - 1] = { entry, vector, sizeBytes };
      logs.set(space, log);
      return { type: 'appended' };
    },
    remove: async (space, first, last) => {
      const log = of(space);
      // Leaves a hole, as in a database: positions keep their places.
      for (let seq = first; seq <= Math.min(last, log.length); seq++) Reflect.deleteProperty(log, seq - 1);
    },
  };
};

export type MemoryRowStore = RowStore & {
  all(space: SpaceId): ReadonlyMap<RecordKey, Row>;
  /** Takes a backup; what it gives puts everything back as it was then. */
  backup(): () => void;
};

const kinds: ReadonlySet<string> = new Set([...tableKinds, 'profile']);

export const createMemoryRowStore = (): MemoryRowStore => {
  const tables = new Map<string, Row>();
  const positions = new Map<SpaceId, Applied>();
  const rowId = (space: SpaceId, key: RecordKey): string => `${kindOfKey(key)}:${space}#${idOfKey(key)}`;
  return {
    all: (space) => {
      const own = [...tables].filter(([id]) => id.includes(`:${space}#`));
      return new Map(own.map(([, row]) => [recordKey(row.kind, row.id), row]));
    },
    backup: () => {
      const saved = [new Map(tables), new Map(positions)] as const;
      return () => {
        tables.clear();
        positions.clear();
        for (const [id, row] of saved[0]) tables.set(id, row);
        for (const [space, applied] of saved[1]) positions.set(space, applied);
      };
    },
    applied: async (space) => positions.get(space) ?? nothingApplied,
    rows: async (space, keys) => {
      const found = new Map<RecordKey, Row>();
      for (const key of keys) {
        const row = tables.get(rowId(space, key));
        if (row) found.set(key, row);
      }
      return found;
    },
    putRow: async (space, row, expectedSeq) => {
      if (!kinds.has(row.kind)) return true; // no table has it
      const id = rowId(space, recordKey(row.kind, row.id));
      if ((tables.get(id)?.seq ?? 0) !== expectedSeq) return false;
      tables.set(id, row);
      return true;
    },
    advance: async (space, from, to) => {
      const { seq, digest } = positions.get(space) ?? nothingApplied;
      if (seq !== from.seq || digest !== from.digest) return false;
      positions.set(space, to);
      return true;
    },
    removeAll: async (space) => {
      positions.delete(space);
      for (const id of tables.keys()) if (id.includes(`:${space}#`)) tables.delete(id);
    },
  };
};
