import type { SpaceId } from '../protocol/ids.ts';
import type { ReplicaMark } from '../protocol/log-entry.ts';
import type { History } from '../server/archive.ts';
import {
  type BlobStore,
  type ChangeLog,
  defaultSettings,
  type Deletion,
  type LifecycleSettings,
  noFacts,
  type OpenWrite,
  type SpaceFacts,
  type SpaceStore,
} from '../server/ports.ts';

export type MemoryBlobStore = BlobStore & { readonly texts: Map<string, string> };

export const createMemoryBlobStore = (): MemoryBlobStore => {
  const texts = new Map<string, string>();
  return {
    texts,
    write: async (name, text) => void texts.set(name, text),
    read: async (name) => texts.get(name),
    names: async (prefix) => [...texts.keys()].filter((name) => name.startsWith(prefix)).sort(),
    remove: async (names) => {
      for (const name of names) texts.delete(name);
    },
  };
};

export type MemorySpaceStore = SpaceStore & {
  /** What is left of a space, deletions under way aside. */
  left(space: SpaceId): number;
  /** Takes a backup; what it gives puts everything back as it was then. */
  backup(): () => void;
};

export const createMemorySpaceStore = (): MemorySpaceStore => {
  const facts = new Map<SpaceId, SpaceFacts>();
  const retired = new Map<string, ReplicaMark>();
  const writes = new Map<string, OpenWrite>();
  const deletions = new Map<SpaceId, Deletion>();
  const nameOf = (space: SpaceId, item: string): string => `${space}|${item}`;
  const ofSpace = (space: SpaceId, items: ReadonlyMap<string, unknown>): readonly string[] =>
    [...items.keys()].filter((name) => name.startsWith(`${space}|`));
  return {
    backup: () => {
      const putBack = [keep(facts), keep(retired), keep(writes), keep(deletions)];
      return () => {
        for (const each of putBack) each();
      };
    },
    left: (space) => (facts.has(space) ? 1 : 0) + ofSpace(space, retired).length + ofSpace(space, writes).length,
    facts: async (space) => facts.get(space) ?? noFacts,
    putFacts: async (space, next) => {
      if ((facts.get(space) ?? noFacts).version !== next.version) return false;
      facts.set(space, { ...next, version: next.version + 1 });
      return true;
    },
    retired: async (space, replica) => retired.get(nameOf(space, replica)),
    retire: async (space, replica, mark) => {
      if (mark[0] > (retired.get(nameOf(space, replica))?.[0] ?? 0)) retired.set(nameOf(space, replica), mark);
    },
    forgetRetired: async (space, above) => {
      for (const name of ofSpace(space, retired)) if ((retired.get(name)?.[2] ?? 0) > above) retired.delete(name);
    },
    openWrite: async (space, id, write) => {
      const there = writes.get(nameOf(space, id)) ?? write;
      writes.set(nameOf(space, id), there);
      return there;
    },
    closeWrite: async (space, id, seq) => {
      const there = writes.get(nameOf(space, id));
      if (there) writes.set(nameOf(space, id), { ...there, seq });
    },
    removeAll: async (space) => {
      facts.delete(space);
      for (const items of [retired, writes]) for (const name of ofSpace(space, items)) items.delete(name);
    },
    openDeletion: async (deletion) => {
      if (!deletions.has(deletion.space)) deletions.set(deletion.space, deletion);
    },
    deletions: async () => [...deletions.values()],
    closeDeletion: async (space) => void deletions.delete(space),
  };
};

const keep = <Key, Value>(map: Map<Key, Value>): (() => void) => {
  const saved = [...map];
  return () => {
    map.clear();
    for (const [key, value] of saved) map.set(key, value);
  };
};

export type MemoryHistory = History & { readonly blobs: MemoryBlobStore; readonly spaces: MemorySpaceStore };

/** A log with empty stores beside it. */
export const createMemoryHistory = (log: ChangeLog, settings: LifecycleSettings = defaultSettings): MemoryHistory => ({
  log,
  blobs: createMemoryBlobStore(),
  spaces: createMemorySpaceStore(),
  settings,
});

/** For a transport that has no snapshots to load. */
export const noParts = async () => ({ type: 'unreachable' }) as const;
