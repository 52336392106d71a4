import { describe, expect, it } from 'vitest';
import { limits } from '../protocol/limits.ts';
import { createTestDevice, createTestServer, setExpense, testSpace } from '../testing/test-device.ts';

const letters = Array.from({ length: limits.vectorReplicasMax + 1 }, (_, i) => String.fromCharCode(0x100 + i));

/** More devices than the vector holds, each of which pushed once; the first was silent longest. */
const crowd = async () => {
  const server = createTestServer();
  const devices = letters.map((letter) => createTestDevice(letter, server));
  for (const [index, each] of devices.entries()) {
    await each.act(setExpense({ note: `by ${index}` }, index + 1));
    await each.settle();
  }
  return { server, devices };
};
const vectorOf = (server: Awaited<ReturnType<typeof crowd>>['server']) =>
  server.log.entries(testSpace).at(-1)?.vector ?? {};

describe('replicas that fell silent', () => {
  it('[S6] leave the vector, the longest silent first, and their mark goes to the archive', async () => {
    const { server, devices } = await crowd();
    const first = devices[0]?.meta();
    expect(Object.keys(vectorOf(server))).toHaveLength(limits.vectorReplicasMax);
    expect(vectorOf(server)[first?.replica ?? '']).toBeUndefined();
    expect(await server.history.spaces.retired(testSpace, first?.replica ?? '')).toEqual([1, first?.confirmedChain, 1]);
  });

  it('[S6] a push of one is judged by the archive: sent again it is stale or known, and the next is appended', async () => {
    const { server, devices } = await crowd();
    const [first] = devices;
    if (!first) throw new Error('no device');
    const before = first.meta();
    await first.act(setExpense({ note: 'back again' }, 1));
    await first.settle();
    expect(first.meta()).toMatchObject({ replica: before.replica, confirmedNumber: 2 });
    expect(vectorOf(server)[before.replica]?.[0]).toBe(2);
    expect(Object.keys(vectorOf(server))).toHaveLength(limits.vectorReplicasMax);
  });

  it('[S6] [fault 7] a duplicate from before it left adds nothing', async () => {
    const { server, devices } = await crowd();
    const entry = server.log.entries(testSpace)[0]?.entry;
    if (entry?.type !== 'changes') throw new Error('no entry');
    const { replica, first, previous, changes } = entry;
    const request = { protocol: 2, schema: 1, space: testSpace, replica, epoch: 1, cursor: 0, digest: '0'.repeat(32) };
    const push = { first, previous, changes: [...changes] };
    const result = await server.transport.send({ ...request, push });
    expect(result).toMatchObject({ type: 'answer' });
    expect(server.log.entries(testSpace)).toHaveLength(devices.length);
  });
});
