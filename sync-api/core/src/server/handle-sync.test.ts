import { describe, expect, it } from 'vitest';
import { chainHash, chainStart } from '../protocol/change.ts';
import { limits } from '../protocol/limits.ts';
import type { SyncRequest } from '../protocol/messages.ts';
import { protocolVersion } from '../protocol/version.ts';
import { testId, testReplica } from '../testing/change-builder.ts';
import { createMemoryHistory } from '../testing/memory-lifecycle-stores.ts';
import { createMemoryChangeLog } from '../testing/memory-server-stores.ts';
import { handleSync } from './handle-sync.ts';

const space = 'account';
const change = (text: string) => ({ kind: 'expense', id: testId(1), at: 5, set: { note: [text] as const } });
const request = (more: Partial<SyncRequest> = {}): SyncRequest => ({
  protocol: 1,
  schema: 1,
  space,
  replica: testReplica('a'),
  epoch: 1,
  cursor: 0,
  digest: '0'.repeat(32),
  ...more,
});
const push = (count = 1) => ({
  first: 1,
  previous: chainStart,
  changes: Array.from({ length: count }, (_, i) => change(`n${i}`)),
});

describe('one request', () => {
  it('[P6] pushes, then pulls: the answer holds what was just appended', async () => {
    const log = createMemoryChangeLog();
    const hash = chainHash(chainStart, change('n0'));
    expect(await handleSync(createMemoryHistory(log), space, request({ push: push() }), 77)).toEqual({
      ok: true,
      value: {
        epoch: 1,
        head: 1,
        serverTime: 77,
        acknowledged: { last: 1, hash },
        entries: [{ type: 'own', seq: 1, epoch: 1, receivedAt: 77, first: 1, last: 1, hash, rejected: [] }],
        more: false,
      },
    });
  });

  it('[P6] of a replica that the log does not know is told so', async () => {
    const result = await handleSync(createMemoryHistory(createMemoryChangeLog()), space, request(), 77);
    expect(result).toMatchObject({ ok: true, value: { head: 0, acknowledged: null, entries: [] } });
  });

  it('[D8] a refused push still brings the pull', async () => {
    const log = createMemoryChangeLog();
    await handleSync(createMemoryHistory(log), space, request({ replica: testReplica('b'), push: push() }), 1);
    const result = await handleSync(createMemoryHistory(log), space, request({ push: { ...push(), first: 5 } }), 2);
    expect(result).toMatchObject({
      ok: true,
      value: { refusal: { type: 'gap', head: 1 }, entries: [{ type: 'changes', seq: 1 }], acknowledged: null },
    });
  });
});

describe('what is refused before anything is read', () => {
  const refusalOf = async (more: Partial<SyncRequest>) => {
    const log = createMemoryChangeLog();
    const result = await handleSync(createMemoryHistory(log), space, request({ push: push(), ...more }), 77);
    expect(log.entries(space)).toEqual([]);
    return result.ok ? undefined : result.error;
  };

  it('[S1] [I13] another space than that of the token', async () => {
    expect(await refusalOf({ space: 'somebody else' })).toMatchObject({ type: 'wrongSpace' });
  });

  it('[P1] a protocol that this server does not speak yet', async () => {
    expect(await refusalOf({ protocol: protocolVersion + 1 })).toMatchObject({ type: 'upgrade' });
  });

  it('[P7] more changes than one entry may hold, with a limit', async () => {
    expect(await refusalOf({ push: push(limits.changesPerPushMax + 1) })).toMatchObject({
      type: 'tooLarge',
      limitBytes: limits.requestSizeBytesMax,
    });
  });

  it('[P5] another epoch than that of the log', async () => {
    expect(await refusalOf({ epoch: 2 })).toMatchObject({ type: 'badRequest' });
  });
});

describe('versions and ends', () => {
  it('[P1] a later schema is no reason to refuse: its changes are kept as they are', async () => {
    const log = createMemoryChangeLog();
    const later = { ...change('n'), kind: 'hologram', later: { b: 1, a: 2 } };
    const result = await handleSync(
      createMemoryHistory(log),
      space,
      request({ schema: 99, push: { ...push(), changes: [later] } }),
      77,
    );
    expect(result.ok).toBe(true);
    const [stored] = log.entries(space);
    expect(stored?.entry).toMatchObject({ changes: [later], rejected: [] });
  });

  it('[P7] exactly as many changes as allowed are one entry', async () => {
    const log = createMemoryChangeLog();
    const result = await handleSync(
      createMemoryHistory(log),
      space,
      request({ push: push(limits.changesPerPushMax) }),
      77,
    );
    expect(result).toMatchObject({ ok: true, value: { acknowledged: { last: limits.changesPerPushMax } } });
    expect(log.entries(space)).toHaveLength(1);
  });

  it('[I14] a sealed log takes nothing and gives nothing', async () => {
    const log = createMemoryChangeLog();
    await log.append(space, { type: 'seal', seq: 1, epoch: 1, receivedAt: 5 }, {});
    for (const each of [request(), request({ push: push() })]) {
      expect(await handleSync(createMemoryHistory(log), space, each, 77)).toMatchObject({
        ok: false,
        error: { type: 'sealed' },
      });
    }
  });

  it('[P7] a push that the store finds too large takes no pull with it', async () => {
    const log = createMemoryChangeLog();
    const full = { ...log, append: async () => ({ type: 'tooLarge', limitBytes: 9 }) as const };
    const result = await handleSync(createMemoryHistory(full), space, request({ push: push() }), 77);
    expect(result).toMatchObject({ ok: false, error: { type: 'tooLarge', limitBytes: 9 } });
  });
});
