import { profileId, recordKey } from '../protocol/ids.ts';
import type { Row } from '../row.ts';
import {
  type BlobStore,
  type ChangeLog,
  noFacts,
  nothingApplied,
  type RowStore,
  type SpaceStore,
} from '../server/ports.ts';
import { createAuthor, testId, testReplica } from './change-builder.ts';
import { check, checkEqual, type ContractCase } from './check.ts';

const pointer = (seq: number) => ({ epoch: 1, seq, hash: 'a'.repeat(32), digest: 'b'.repeat(32) });
const markAt = (last: number) => [last, 'c'.repeat(32), last + 1] as const;

/** What every store of a space's facts must do. Spaces given are fresh; the store itself may be shared. */
export const spaceStoreCases: readonly ContractCase<{ readonly spaces: SpaceStore; readonly space: string }>[] = [
  {
    name: 'a space that was never written has no facts, and all of its log',
    run: async (create) => {
      const { spaces, space } = await create();
      checkEqual(await spaces.facts(space), noFacts, 'facts');
    },
  },
  {
    name: 'facts are read back, one version on, and are written only over the version that was read',
    run: async (create) => {
      const { spaces, space } = await create();
      const first = { ...noFacts, floor: 65, snapshots: [pointer(256)], epochs: [{ epoch: 2, restoredHead: 40 }] };
      check(await spaces.putFacts(space, first), 'the first');
      checkEqual(await spaces.facts(space), { ...first, version: 1 }, 'read back');
      check(!(await spaces.putFacts(space, { ...noFacts, floor: 129 })), 'refused: there are some already');
      check(await spaces.putFacts(space, { ...first, version: 1, floor: 193 }), 'over what was read');
      check(!(await spaces.putFacts(space, { ...first, version: 1, floor: 129 })), 'refused: an older version');
      checkEqual((await spaces.facts(space)).floor, 193, 'floor');
    },
  },
  {
    name: '[I10] of ten that write facts over one version exactly one succeeds',
    run: async (create) => {
      const { spaces, space } = await create();
      const results = await Promise.all(
        Array.from({ length: 10 }, (_, i) => spaces.putFacts(space, { ...noFacts, floor: 1 + 64 * i })),
      );
      checkEqual(results.filter((isWritten) => isWritten).length, 1, 'one');
      checkEqual((await spaces.facts(space)).version, 1, 'version');
    },
  },
  {
    name: '[S6] what the log had of a retired replica only moves upward',
    run: async (create) => {
      const { spaces, space } = await create();
      const replica = testReplica('a');
      check((await spaces.retired(space, replica)) === undefined, 'none at first');
      await spaces.retire(space, replica, markAt(5));
      await spaces.retire(space, replica, markAt(3));
      checkEqual(await spaces.retired(space, replica), markAt(5), 'stays');
      await spaces.retire(space, replica, markAt(9));
      checkEqual(await spaces.retired(space, replica), markAt(9), 'moves on');
      check((await spaces.retired(space, testReplica('b'))) === undefined, 'of that replica only');
    },
  },
  {
    name: '[S6] [L4] what lies above a cut is forgotten of retired replicas, and nothing else',
    run: async (create) => {
      const { spaces, space } = await create();
      for (const [name, last] of [
        ['a', 4],
        ['b', 9],
      ] as const)
        await spaces.retire(space, testReplica(name), markAt(last));
      await spaces.forgetRetired(space, markAt(4)[2]);
      checkEqual(await spaces.retired(space, testReplica('a')), markAt(4), 'at the cut');
      check((await spaces.retired(space, testReplica('b'))) === undefined, 'above it');
      await spaces.retire(space, testReplica('b'), markAt(2));
      checkEqual(await spaces.retired(space, testReplica('b')), markAt(2), 'may be lower afterwards');
    },
  },
  {
    name: "[F10] the first try of a server's write is what every later one gets, with its place once it is known",
    run: async (create) => {
      const { spaces, space } = await create();
      const first = { head: 4, epoch: 1 };
      checkEqual(await spaces.openWrite(space, testId(1), first), first, 'opened');
      checkEqual(await spaces.openWrite(space, testId(1), { head: 9, epoch: 2 }), first, 'opened again');
      await spaces.closeWrite(space, testId(1), 7);
      checkEqual(await spaces.openWrite(space, testId(1), { head: 9, epoch: 2 }), { ...first, seq: 7 }, 'closed');
      checkEqual(await spaces.openWrite(space, testId(2), { head: 9, epoch: 2 }), { head: 9, epoch: 2 }, 'another');
    },
  },
  {
    name: '[L6] nothing is left of a space that is removed, but that it is being deleted',
    run: async (create) => {
      const { spaces, space } = await create();
      const other = `${space}-other`;
      for (const each of [space, other]) {
        await spaces.putFacts(each, { ...noFacts, floor: 65 });
        await spaces.retire(each, testReplica('a'), markAt(5));
        await spaces.openWrite(each, testId(1), { head: 4, epoch: 1 });
      }
      await spaces.openDeletion({ space, sealedAt: 7 });
      await spaces.removeAll(space);
      await spaces.removeAll(space);
      checkEqual(await spaces.facts(space), noFacts, 'facts');
      check((await spaces.retired(space, testReplica('a'))) === undefined, 'retired');
      checkEqual(await spaces.openWrite(space, testId(1), { head: 0, epoch: 1 }), { head: 0, epoch: 1 }, 'writes');
      checkEqual((await spaces.facts(other)).floor, 65, 'another space');
      check(await hasDeletion(spaces, space), 'the deletion');
      await spaces.closeDeletion(space);
    },
  },
  {
    name: '[L6] a deletion is under way from its first opening until it is closed',
    run: async (create) => {
      const { spaces, space } = await create();
      check(!(await hasDeletion(spaces, space)), 'not at first');
      await spaces.openDeletion({ space, sealedAt: 7 });
      await spaces.openDeletion({ space, sealedAt: 900 });
      const [mine] = (await spaces.deletions()).filter((each) => each.space === space);
      checkEqual(mine, { space, sealedAt: 7 }, 'the first opening counts');
      await spaces.closeDeletion(space);
      check(!(await hasDeletion(spaces, space)), 'not when it is closed');
      await spaces.closeDeletion(space);
    },
  },
];

const hasDeletion = async (spaces: SpaceStore, space: string): Promise<boolean> =>
  (await spaces.deletions()).some((each) => each.space === space);

/** What every store of texts must do. Names given begin with `prefix`, which is fresh; the store may be shared. */
export const blobStoreCases: readonly ContractCase<{ readonly blobs: BlobStore; readonly prefix: string }>[] = [
  {
    name: 'a name without a text reads as nothing, and no name has a prefix that was never written',
    run: async (create) => {
      const { blobs, prefix } = await create();
      check((await blobs.read(`${prefix}a`)) === undefined, 'read');
      checkEqual(await blobs.names(prefix), [], 'names');
    },
  },
  {
    name: 'a text is read back letter for letter, the empty one and half a character too',
    run: async (create) => {
      const { blobs, prefix } = await create();
      const texts = ['', '{"a":[1,null]}', 'Zoë ☕ 𝄞\n\u0000', '{"b":"\\ud83d"}', 'x'.repeat(3_000_000)];
      for (const [index, text] of texts.entries()) await blobs.write(`${prefix}${index}`, text);
      for (const [index, text] of texts.entries()) {
        check((await blobs.read(`${prefix}${index}`)) === text, `text ${index} is another`);
      }
    },
  },
  {
    name: 'the last text written under a name is the one that is read, at once',
    run: async (create) => {
      const { blobs, prefix } = await create();
      for (const text of ['first, and longer', 'second']) {
        await blobs.write(`${prefix}a`, text);
        checkEqual(await blobs.read(`${prefix}a`), text, 'read');
      }
      checkEqual(await blobs.names(prefix), [`${prefix}a`], 'one name');
    },
  },
  {
    name: 'of many writes of one name at once, one is read whole',
    run: async (create) => {
      const { blobs, prefix } = await create();
      const texts = Array.from({ length: 10 }, (_, i) => `${i}`.repeat(200_000));
      await Promise.all(texts.map((text) => blobs.write(`${prefix}a`, text)));
      check(texts.includes((await blobs.read(`${prefix}a`)) ?? ''), 'one of them');
    },
  },
  {
    name: 'names are those that begin with the prefix, in order, however many and however deep',
    run: async (create) => {
      const { blobs, prefix } = await create();
      const numbers = Array.from({ length: 30 }, (_, i) => String(i).padStart(3, '0'));
      const names = [...numbers.map((number) => `${prefix}1/${number}`), `${prefix}1/x/y`, `${prefix}10/a`];
      for (const name of [...names].reverse()) await blobs.write(name, name);
      checkEqual(await blobs.names(prefix), names, 'all');
      checkEqual(await blobs.names(`${prefix}1/`), names.slice(0, 31), 'of one folder');
      checkEqual(await blobs.names(`${prefix}1/01`), names.slice(10, 20), 'that begin alike');
    },
  },
  {
    name: 'removed names are gone at once; those without a text are passed over',
    run: async (create) => {
      const { blobs, prefix } = await create();
      for (const name of ['a', 'b', 'c']) await blobs.write(`${prefix}${name}`, name);
      await blobs.remove([`${prefix}a`, `${prefix}nothing`, `${prefix}c`]);
      await blobs.remove([]);
      checkEqual(await blobs.names(prefix), [`${prefix}b`], 'names');
      check((await blobs.read(`${prefix}a`)) === undefined, 'read');
      checkEqual(await blobs.read(`${prefix}b`), 'b', 'the other');
    },
  },
];

const bounds = { entriesMax: 100, sizeBytesMax: 1_000_000, isConsistent: true };

/** What a change log must do beside `changeLogCases`: give up what compaction and deletion take. */
export const logRemovalCases: readonly ContractCase<{ readonly log: ChangeLog; readonly space: string }>[] = [
  {
    name: '[L3] removed entries are gone from every read, and the others stay',
    run: async (create) => {
      const { log, space } = await create();
      for (const each of [space, `${space}-other`]) await fill(log, each, 60);
      await log.remove(space, 1, 55);
      await log.remove(space, 1, 55);
      check((await log.at(space, 55)) === undefined, 'by position');
      checkEqual(await seqsAfter(log, space, 0), [56, 57, 58, 59, 60], 'in the run');
      checkEqual((await log.tail(space))?.entry.seq, 60, 'tail');
      checkEqual((await seqsAfter(log, `${space}-other`, 0)).length, 60, 'another space');
    },
  },
  {
    name: '[L3] a run that begins in what was removed begins with what is left',
    run: async (create) => {
      const { log, space } = await create();
      await fill(log, space, 6);
      await log.remove(space, 2, 3);
      checkEqual(await seqsAfter(log, space, 1), [4, 5, 6], 'after the hole');
      checkEqual(await seqsAfter(log, space, 2), [4, 5, 6], 'from within');
    },
  },
];

const fill = async (log: ChangeLog, space: string, count: number): Promise<void> => {
  const author = createAuthor(testReplica('a'));
  for (let seq = 1; seq <= count; seq++) {
    const change = { kind: 'expense', id: testId(seq), at: 5, set: { note: [`n${seq}`] as const } };
    await log.append(space, author.entry(seq, [change]), {});
  }
};

const seqsAfter = async (log: ChangeLog, space: string, seq: number): Promise<readonly number[]> =>
  (await log.after(space, seq, bounds)).map(({ entry }) => entry.seq);

const rowAt = (kind: string, id: string, deleted = false): Row => {
  const version = { seq: 4, at: 5, by: `${testReplica('a')}:1:${'b'.repeat(16)}` };
  return {
    kind,
    id,
    seq: 4,
    cells: { date: { value: '2026-03-01', version }, name: { value: 'Ada', version } },
    ...(deleted ? { deleted: { value: true, version } } : {}),
  };
};

/** What a store of the domain's rows must do beside `rowStoreCases`. */
export const rowRemovalCases: readonly ContractCase<{ readonly rows: RowStore; readonly space: string }>[] = [
  {
    name: '[L6] no row of a removed space is left: live ones, and deleted ones that are named',
    run: async (create) => {
      const { rows, space } = await create();
      const other = `${space}-other`;
      const live = Array.from({ length: 60 }, (_, i) => rowAt(i % 2 ? 'expense' : 'income', testId(i)));
      const deleted = [rowAt('expense', testId(70), true), rowAt('budget', testId(71), true)];
      const all = [...live, ...deleted, rowAt('profile', profileId)];
      for (const each of [space, other]) {
        for (const row of all) check(await rows.putRow(each, row, 0), 'written');
        check(await rows.advance(each, nothingApplied, { seq: 4, digest: null }), 'moved on');
      }
      const keys = all.map(({ kind, id }) => recordKey(kind, id));
      await rows.removeAll(space, keys.slice(60));
      checkEqual((await rows.rows(space, keys)).size, 0, 'rows');
      checkEqual(await rows.applied(space), nothingApplied, 'applied');
      checkEqual((await rows.rows(other, keys)).size, all.length, 'rows of another space');
      checkEqual(await rows.applied(other), { seq: 4, digest: null }, 'applied of another space');
    },
  },
  {
    name: '[L4] a removed space is filled anew, from the first version on',
    run: async (create) => {
      const { rows, space } = await create();
      const all = [rowAt('expense', testId(1)), rowAt('expense', testId(2), true), rowAt('profile', profileId)];
      const keys = all.map(({ kind, id }) => recordKey(kind, id));
      await rows.removeAll(space, keys);
      for (const row of all) check(await rows.putRow(space, row, 0), 'written');
      await rows.removeAll(space, keys);
      for (const row of all) check(await rows.putRow(space, row, 0), 'written again');
      checkEqual((await rows.rows(space, keys)).size, 3, 'rows');
    },
  },
];
