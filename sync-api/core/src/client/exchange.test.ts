import { describe, expect, it } from 'vitest';
import { parseSyncRequest } from '../protocol/parse.ts';
import { protocolVersion, schemaVersion } from '../protocol/version.ts';
import { testReplica } from '../testing/change-builder.ts';
import { createTestDevice, createTestServer, setNote, testSpace } from '../testing/test-device.ts';
import { noParts } from '../testing/memory-lifecycle-stores.ts';
import { prepareRequest, type Transport, type TransportResult } from './exchange.ts';

describe('the request a device makes', () => {
  it('[P5] names version, account, replica and place in the log, and pushes nothing where nothing waits', async () => {
    const a = createTestDevice('a', createTestServer());
    expect(await prepareRequest(a.store, 1000)).toEqual({
      protocol: protocolVersion,
      schema: schemaVersion,
      space: testSpace,
      replica: testReplica('a'),
      epoch: 1,
      cursor: 0,
      digest: '0'.repeat(32),
    });
  });

  it('[P5] pushes what waits from the first unconfirmed number on, as much as asked for', async () => {
    const a = createTestDevice('a', createTestServer());
    await a.act([setNote('one', 1), setNote('two', 2), setNote('three', 3)]);
    await a.act(setNote('four', 4));
    expect((await prepareRequest(a.store, 1000)).push).toMatchObject({ first: 1, previous: '0'.repeat(32) });
    expect((await prepareRequest(a.store, 1000)).push?.changes).toHaveLength(4);
    await a.sync(2);
    const { push } = await prepareRequest(a.store, 1);
    expect(push).toMatchObject({ first: 3, previous: a.meta().confirmedChain });
    expect(push?.changes).toMatchObject([{ set: { note: ['three'] } }]);
  });

  it('[P5] is a message that the gate lets through', async () => {
    const a = createTestDevice('a', createTestServer());
    await a.act(setNote('tea'));
    const request = await prepareRequest(a.store, 1000);
    expect(parseSyncRequest(JSON.stringify(request))).toEqual({ ok: true, value: request });
  });
});

describe('a failed exchange', () => {
  const failures: readonly Exclude<TransportResult, { type: 'answer' }>[] = [
    { type: 'unreachable' },
    { type: 'notTheServer' },
    { type: 'signInNeeded' },
    { type: 'refused', refusal: { type: 'sealed', message: 'gone' } },
  ];
  it.each(failures)('[D2] $type leaves the device as it was', async (result) => {
    const a = createTestDevice('a', createTestServer());
    await a.act(setNote('tea'));
    const before = a.state();
    const transport: Transport = { send: async () => result, part: noParts };
    expect(await a.sync(1000, transport)).toEqual({ type: 'failed', result });
    expect(a.state()).toBe(before);
  });
});
