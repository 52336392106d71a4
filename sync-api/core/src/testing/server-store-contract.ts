import { chainStart } from '../protocol/change.ts';
import type { StateVector } from '../protocol/log-entry.ts';
import { recordKey } from '../protocol/ids.ts';
import type { Row } from '../row.ts';
import { type ChangeLog, nothingApplied, type RowStore } from '../server/ports.ts';
import { createAuthor, testId, testReplica } from './change-builder.ts';
import { check, checkEqual, type ContractCase } from './check.ts';

const bounds = { entriesMax: 100, sizeBytesMax: 1_000_000, isConsistent: true };

const entryAt = (seq: number, text = 'tea') =>
  createAuthor(testReplica('a')).entry(seq, [
    { kind: 'expense', id: testId(seq), at: 5, set: { description: [text], laterField: [{ b: 1, a: ['ü', null] }] } },
  ]);

const vectorOf = (last: number): StateVector => ({ [testReplica('a')]: [last, chainStart, last] });

/** What every change log must do. Spaces given are fresh; the log itself may be shared. */
export const changeLogCases: readonly ContractCase<{ readonly log: ChangeLog; readonly space: string }>[] = [
  {
    name: 'an empty log has no tail and nothing after 0',
    run: async (create) => {
      const { log, space } = await create();
      check((await log.tail(space)) === undefined, 'no tail');
      check((await log.at(space, 1)) === undefined, 'nothing at 1');
      checkEqual(await log.after(space, 0, bounds), [], 'nothing after 0');
    },
  },
  {
    name: 'an appended entry is read back byte for byte, as tail, by position and in the run [F9]',
    run: async (create) => {
      const { log, space } = await create();
      const entry = { ...entryAt(1), rejected: [[1, { type: 'value', group: 'amount', why: 'no' }]] as const };
      checkEqual(await log.append(space, entry, vectorOf(1)), { type: 'appended' }, 'appended');
      const tail = await log.tail(space);
      checkEqual(tail?.entry, entry, 'tail');
      checkEqual(tail?.vector, vectorOf(1), 'vector');
      checkEqual((await log.at(space, 1))?.entry, entry, 'by position');
      checkEqual(
        (await log.after(space, 0, bounds)).map((each) => each.entry),
        [entry],
        'run',
      );
    },
  },
  {
    name: 'a taken position is never written again, and tells what stands there',
    run: async (create) => {
      const { log, space } = await create();
      await log.append(space, entryAt(1, 'first'), vectorOf(1));
      const second = await log.append(space, entryAt(1, 'second'), vectorOf(1));
      check(second.type === 'occupied', 'occupied');
      if (second.type === 'occupied') checkEqual(second.by.entry, entryAt(1, 'first'), 'the first one stays');
      checkEqual((await log.at(space, 1))?.entry, entryAt(1, 'first'), 'and is read');
    },
  },
  {
    name: 'of ten appends to one position exactly one succeeds',
    run: async (create) => {
      const { log, space } = await create();
      const results = await Promise.all(
        Array.from({ length: 10 }, (_, i) => log.append(space, entryAt(1, `n${i}`), vectorOf(1))),
      );
      checkEqual(results.filter((each) => each.type === 'appended').length, 1, 'one');
    },
  },
  {
    name: 'a run is in order, starts above the cursor and keeps its bounds',
    run: async (create) => {
      const { log, space } = await create();
      for (let seq = 1; seq <= 7; seq++) await log.append(space, entryAt(seq), vectorOf(seq));
      const seqs = async (after: number, entriesMax: number) =>
        (await log.after(space, after, { ...bounds, entriesMax })).map((each) => each.entry.seq);
      checkEqual(await seqs(0, 100), [1, 2, 3, 4, 5, 6, 7], 'all');
      checkEqual(await seqs(4, 2), [5, 6], 'a bounded part');
      checkEqual(await seqs(7, 5), [], 'none above the head');
      const small = await log.after(space, 2, { ...bounds, sizeBytesMax: 1 });
      checkEqual(
        small.map((each) => each.entry.seq),
        [3],
        'at least one',
      );
    },
  },
  {
    name: 'spaces do not see each other',
    run: async (create) => {
      const { log, space } = await create();
      await log.append(space, entryAt(1), vectorOf(1));
      check((await log.tail(`${space}-other`)) === undefined, 'another space is empty');
    },
  },
];

const rowAt = (number: number, seq: number, deleted = false): Row => {
  const version = { seq, at: 5, by: `${testReplica('a')}:${number}:${'b'.repeat(16)}` };
  return {
    kind: 'expense',
    id: testId(number),
    seq,
    cells: {
      amount: { value: { minor: 1240, currency: 'EUR' }, version },
      date: { value: '2026-03-01', version },
      category: { value: null, version },
      description: { value: 'tea', version },
      laterField: { value: { z: 1, a: [null, 'ü'] }, version },
    },
    ...(deleted ? { deleted: { value: true, version } } : {}),
    restamped: ['q:1:r'],
  };
};

/** What every store of the domain's rows must do. */
export const rowStoreCases: readonly ContractCase<{ readonly rows: RowStore; readonly space: string }>[] = [
  {
    name: 'an empty store has applied nothing and has no rows',
    run: async (create) => {
      const { rows, space } = await create();
      checkEqual(await rows.applied(space), nothingApplied, 'applied');
      checkEqual((await rows.rows(space, [recordKey('expense', testId(1))])).size, 0, 'rows');
    },
  },
  {
    name: 'a row is read back byte for byte, tombstones too [F9]',
    run: async (create) => {
      const { rows, space } = await create();
      for (const row of [rowAt(1, 4), rowAt(2, 5, true)]) check(await rows.putRow(space, row, 0), 'written');
      const keys = [1, 2].map((number) => recordKey('expense', testId(number)));
      const read = await rows.rows(space, keys);
      checkEqual(read.get(keys[0] ?? ''), rowAt(1, 4), 'live row');
      checkEqual(read.get(keys[1] ?? ''), rowAt(2, 5, true), 'tombstone');
    },
  },
  {
    name: 'a row is written only over the version it was folded from',
    run: async (create) => {
      const { rows, space } = await create();
      check(await rows.putRow(space, rowAt(1, 4), 0), 'a first row needs none before');
      check(!(await rows.putRow(space, rowAt(1, 5), 0)), 'refused: there is one');
      check(!(await rows.putRow(space, rowAt(1, 6), 3)), 'refused: another version');
      check(await rows.putRow(space, rowAt(1, 7), 4), 'written over its own');
      checkEqual(
        (await rows.rows(space, [recordKey('expense', testId(1))])).get(recordKey('expense', testId(1)))?.seq,
        7,
        'seq',
      );
    },
  },
  {
    name: '[I10] [M1] applied moves on only from where it is, position and digest',
    run: async (create) => {
      const { rows, space } = await create();
      const digests = ['a'.repeat(32), 'b'.repeat(32)] as const;
      const five = { seq: 5, digest: digests[0] };
      const unknown = { seq: 9, digest: null };
      const nine = { seq: 9, digest: digests[1] };
      check(await rows.advance(space, nothingApplied, five), 'from the beginning');
      check(!(await rows.advance(space, nothingApplied, { seq: 3, digest: null })), 'not from there again');
      check(!(await rows.advance(space, { seq: 4, digest: digests[0] }, nine)), 'not from another position');
      check(!(await rows.advance(space, { seq: 5, digest: digests[1] }, nine)), 'not from another digest');
      check(!(await rows.advance(space, { seq: 5, digest: null }, nine)), 'nor as if it were unknown');
      checkEqual(await rows.applied(space), five, 'stays');
      check(await rows.advance(space, five, unknown), 'on, with no digest');
      check(!(await rows.advance(space, nine, { seq: 10, digest: null })), 'not from a digest where there is none');
      checkEqual(await rows.applied(space), unknown, 'is read back as unknown');
      check(await rows.advance(space, unknown, nine), 'a digest for where it stands');
      checkEqual(await rows.applied(space), nine, 'is read back');
    },
  },
  {
    name: '[M1] of ten that move applied on from one position exactly one does',
    run: async (create) => {
      const { rows, space } = await create();
      const moves = Array.from({ length: 10 }, (_, i) =>
        rows.advance(space, nothingApplied, { seq: i + 1, digest: null }),
      );
      checkEqual((await Promise.all(moves)).filter((isMoved) => isMoved).length, 1, 'one');
    },
  },
  {
    name: 'more rows are read at once than one call of a database carries',
    run: async (create) => {
      const { rows, space } = await create();
      const numbers = Array.from({ length: 130 }, (_, i) => i + 1);
      await Promise.all(numbers.map((number) => rows.putRow(space, rowAt(number, 1), 0)));
      const read = await rows.rows(
        space,
        numbers.map((number) => recordKey('expense', testId(number))),
      );
      checkEqual(read.size, 130, 'all of them');
    },
  },
  {
    name: 'spaces do not see each other, whatever the record id',
    run: async (create) => {
      const { rows, space } = await create();
      await rows.putRow(space, rowAt(1, 4), 0);
      checkEqual((await rows.rows(`${space}-other`, [recordKey('expense', testId(1))])).size, 0, 'none');
    },
  },
];
