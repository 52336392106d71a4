import type { ClientStore, OutboxItem, RecordState, RecordWrite } from '../client/ports.ts';
import { newReplicaMeta } from '../client/new-replica.ts';
import type { Change } from '../protocol/change.ts';
import { recordKey } from '../protocol/ids.ts';
import { pendingSeq, type Row } from '../row.ts';
import { check, checkEqual, type ContractCase } from './check.ts';
import { testId, testReplica } from './change-builder.ts';

/** What every store of a device must do. `create` opens a fresh store for the given replica, nothing in it. */
export type ClientStoreSubject = {
  readonly store: ClientStore;
  /** Closes it and opens the same data again, as a reload does. */
  readonly reopen: () => Promise<ClientStore>;
  readonly dispose: () => Promise<void>;
};

export const contractSpace = 'contract-space';
export const contractReplica = testReplica('c');
export const contractMeta = newReplicaMeta(contractSpace, contractReplica);

const key = (number: number) => recordKey('expense', testId(number));

const change = (number: number): Change => ({
  kind: 'expense',
  id: testId(number),
  at: 1000 + number,
  set: { amount: [{ minor: number, currency: 'EUR' }], date: ['2026-03-01'], category: [null], description: ['tea'] },
});

const item = (first: number, last: number): OutboxItem => {
  const numbers = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  return {
    first,
    last,
    previous: '0'.repeat(32),
    hash: '1'.repeat(32),
    changes: numbers.map(change),
    identities: numbers.map((number) => `${contractReplica}:${number}:${'a'.repeat(16)}`),
    at: 1000,
  };
};

const row = (number: number, seq: number, minor = number): Row => {
  const version = { seq, at: 1000, by: `${contractReplica}:${number}:${'a'.repeat(16)}` };
  return {
    kind: 'expense',
    id: testId(number),
    seq,
    cells: {
      amount: { value: { minor, currency: 'EUR' }, version },
      date: { value: '2026-03-01', version },
      category: { value: null, version },
      description: { value: 'tea', version },
      laterField: { value: { deep: [1, { z: null, a: 'ü' }] }, version },
    },
  };
};

const absent: RecordState = { confirmed: undefined, pending: [], shown: undefined };
const created = (number: number): RecordState => ({
  confirmed: undefined,
  pending: [number],
  shown: row(number, pendingSeq),
});
const write = (number: number, before: RecordState, after: RecordState): RecordWrite => ({
  key: key(number),
  before,
  after,
});

const commitCreate = (store: ClientStore, first: number, last: number): Promise<null> =>
  store.transact(async (reads) => {
    const meta = await reads.meta();
    const numbers = Array.from({ length: last - first + 1 }, (_, i) => first + i);
    return {
      writes: {
        meta: { ...meta, nextNumber: last + 1 },
        records: numbers.map((number) => write(number, absent, created(number))),
        outboxPut: [item(first, last)],
      },
      result: null,
    };
  });

const stateOf = (store: ClientStore, number: number): Promise<RecordState | undefined> =>
  store.transact(async (reads) => ({ result: (await reads.records([key(number)])).get(key(number)) }));

const outboxOf = (store: ClientStore, from: number, changesMax: number): Promise<readonly OutboxItem[]> =>
  store.transact(async (reads) => ({ result: await reads.outboxFrom(from, changesMax) }));

type Case = ContractCase<ClientStoreSubject>;

const contractCase = (name: string, run: (subject: ClientStoreSubject) => Promise<void>): Case => ({
  name,
  run: async (create) => {
    const subject = await create();
    try {
      await run(subject);
    } finally {
      await subject.dispose();
    }
  },
});

export const clientStoreCases: readonly Case[] = [
  contractCase('starts with the meta it was made for and no records', async ({ store }) => {
    checkEqual(await store.transact(async (reads) => ({ result: await reads.meta() })), contractMeta, 'meta');
    checkEqual(await stateOf(store, 1), { pending: [] }, 'an absent record');
    checkEqual(await outboxOf(store, 1, 10), [], 'outbox');
  }),
  contractCase(
    '[D1] a committed act is there after a reload, row and outbox and meta alike',
    async ({ store, reopen }) => {
      await commitCreate(store, 1, 3);
      const again = await reopen();
      checkEqual(await stateOf(again, 2), created(2), 'record');
      checkEqual(await outboxOf(again, 1, 10), [item(1, 3)], 'outbox');
      const meta = await again.transact(async (reads) => ({ result: await reads.meta() }));
      checkEqual(meta, { ...contractMeta, nextNumber: 4 }, 'meta');
    },
  ),
  contractCase('a plan that throws writes nothing and is told to its caller', async ({ store }) => {
    let told = '';
    try {
      await store.transact(async (reads) => {
        await reads.meta();
        throw new Error('stop here');
      });
    } catch (error) {
      told = error instanceof Error ? error.message : '';
    }
    check(told.includes('stop here'), 'the error reaches the caller');
    checkEqual(await stateOf(store, 1), { pending: [] }, 'record');
    await commitCreate(store, 1, 1);
    checkEqual(await stateOf(store, 1), created(1), 'the store still works');
  }),
  contractCase('transactions started together run one after another', async ({ store }) => {
    const bump = () =>
      store.transact(async (reads) => {
        const meta = await reads.meta();
        await reads.records([key(1)]);
        return { writes: { meta: { ...meta, nextNumber: meta.nextNumber + 1 } }, result: null };
      });
    await Promise.all([bump(), bump(), bump(), bump(), bump()]);
    const meta = await store.transact(async (reads) => ({ result: await reads.meta() }));
    checkEqual(meta.nextNumber, 6, 'every one saw the one before');
  }),
  contractCase(
    'outboxFrom gives whole items from the one holding the number on, bounded by changes',
    async ({ store }) => {
      await commitCreate(store, 1, 5);
      await commitCreate(store, 6, 6);
      await commitCreate(store, 7, 9);
      checkEqual(
        (await outboxOf(store, 1, 100)).map((each) => each.first),
        [1, 6, 7],
        'all, oldest first',
      );
      checkEqual(
        (await outboxOf(store, 3, 1)).map((each) => each.first),
        [1],
        'the item that holds the number',
      );
      checkEqual(
        (await outboxOf(store, 3, 4)).map((each) => each.first),
        [1, 6],
        'changes before the number do not count',
      );
      checkEqual(
        (await outboxOf(store, 7, 1)).map((each) => each.first),
        [7],
        'from a later number',
      );
      checkEqual(await outboxOf(store, 10, 5), [], 'none above the last');
    },
  ),
  contractCase(
    '[D2] a confirmed record loses its pending mark, and outbox deletes come before puts',
    async ({ store, reopen }) => {
      await commitCreate(store, 1, 3);
      const rest = {
        ...item(1, 3),
        first: 2,
        changes: [change(2), change(3)],
        identities: item(1, 3).identities.slice(1),
      };
      const confirmed: RecordState = { confirmed: row(1, 1), pending: [], shown: row(1, 1) };
      await store.transact(async (reads) => {
        const meta = await reads.meta();
        return {
          writes: {
            meta: { ...meta, cursor: 1, confirmedNumber: 1 },
            records: [write(1, created(1), confirmed)],
            outboxDelete: [1],
            outboxPut: [rest],
            keep: [
              {
                epoch: 1,
                seq: 1,
                receivedAt: 4,
                confirmedAt: 5,
                changes: [change(1)],
                identities: item(1, 1).identities,
                own: 'all',
              },
            ],
          },
          result: null,
        };
      });
      const again = await reopen();
      checkEqual(await stateOf(again, 1), confirmed, 'confirmed record');
      checkEqual(await outboxOf(again, 1, 10), [rest], 'the rest of the item');
    },
  ),
  contractCase(
    'a record keeps confirmed and shown apart while a change is pending over it',
    async ({ store, reopen }) => {
      const confirmed: RecordState = { confirmed: row(4, 7), pending: [], shown: row(4, 7) };
      const edited: RecordState = { confirmed: row(4, 7), pending: [1], shown: row(4, pendingSeq, 999) };
      const put = (before: RecordState, after: RecordState) =>
        store.transact(async (reads) => ({
          writes: {
            meta: await reads.meta(),
            records: [write(4, before, after)],
            outboxPut: after.pending.length ? [item(1, 1)] : [],
          },
          result: null,
        }));
      await put(absent, confirmed);
      await put(confirmed, edited);
      checkEqual(await stateOf(await reopen(), 4), edited, 'edited over confirmed');
    },
  ),
  contractCase('[F9] kinds and groups nobody knows come back byte for byte', async ({ store, reopen }) => {
    const strange: Row = {
      ...row(9, 3),
      kind: 'hologram',
      restamped: ['x:1:y'],
      deleted: { value: false, version: { seq: 2, at: 1, by: 'z' } },
    };
    const state: RecordState = { confirmed: strange, pending: [], shown: strange };
    await store.transact(async (reads) => ({
      writes: {
        meta: await reads.meta(),
        records: [{ key: recordKey('hologram', testId(9)), before: absent, after: state }],
      },
      result: null,
    }));
    const again = await reopen();
    const read = await again.transact(async (reads) => ({
      result: await reads.records([recordKey('hologram', testId(9))]),
    }));
    checkEqual(read.get(recordKey('hologram', testId(9))), state, 'the same record');
  }),
  contractCase('a thousand records commit at once', async ({ store }) => {
    await commitCreate(store, 1, 1000);
    checkEqual(await stateOf(store, 1000), created(1000), 'the last of them');
    checkEqual((await outboxOf(store, 1, 5000)).length, 1, 'one packed item');
  }),
];
