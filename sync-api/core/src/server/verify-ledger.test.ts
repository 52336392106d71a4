import { describe, expect, it } from 'vitest';
import { createLivedServer, pushNotes } from '../testing/test-lifecycle.ts';
import { deleteExpense, testSpace } from '../testing/test-device.ts';
import { sealSpace } from './delete-space.ts';
import { verifyLedger } from './verify-ledger.ts';

describe('a receipt', () => {
  it('[L7] says what a device at that position has, counted without what is deleted', async () => {
    const server = createLivedServer();
    const a = server.device('a');
    await pushNotes(a, 1, 8);
    await server.age();
    await a.act(deleteExpense(3));
    await a.settle();
    const { cursor, digest } = a.meta();
    expect(await verifyLedger(server.history, testSpace)).toEqual({ epoch: 1, head: cursor, digest, entryCount: 7 });
  });

  it('[L7] is one of nothing for a log without entries, and none for a deleted account', async () => {
    const server = createLivedServer();
    expect(await verifyLedger(server.history, testSpace)).toMatchObject({ head: 0, entryCount: 0 });
    await sealSpace(server.log, testSpace, 1);
    expect(await verifyLedger(server.history, testSpace)).toBeUndefined();
  });
});
