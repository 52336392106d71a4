import { describe, expect, it } from 'vitest';
import type { LogEntry } from '../protocol/log-entry.ts';
import type { SyncAnswer } from '../protocol/messages.ts';
import { emptyDigest } from '../row.ts';
import { createAuthor, testId, testReplica } from '../testing/change-builder.ts';
import { createMemoryClientStore } from '../testing/memory-client-store.ts';
import { testSpace } from '../testing/test-device.ts';
import { applyAnswer } from './apply-answer.ts';
import { prepareRequest } from './exchange.ts';
import { isKeptAlready } from './kept-through.ts';
import { newReplicaMeta } from './new-replica.ts';

const options = { newReplica: testReplica('z'), now: 77 };
/** A device that begins anew, and had kept nine entries of an epoch that was opened at the second. */
const beginning = () =>
  createMemoryClientStore({
    ...newReplicaMeta(testSpace, testReplica('a')),
    keptThrough: { epoch: 2, seq: 9, epochs: [{ epoch: 2, restoredHead: 1 }] },
  });
const answerOf = (more: Partial<SyncAnswer>): SyncAnswer => ({
  epoch: 1,
  head: 3,
  serverTime: 1,
  acknowledged: null,
  entries: [],
  more: false,
  ...more,
});
const threeEntries = (): SyncAnswer['entries'] => {
  const author = createAuthor(testReplica('x'));
  return [1, 2, 3].map((seq) => {
    const changes = [{ kind: 'expense', id: testId(seq), at: seq, set: { note: [`n${seq}`] as const } }];
    return { ...author.entry(seq, changes), changes, rejected: [] };
  });
};

describe('what is folded again', () => {
  it('[D5] is kept where the log has gone back to an epoch that another had cut off', async () => {
    const store = beginning();
    await applyAnswer(store, await prepareRequest(store, 10), answerOf({ entries: threeEntries() }), options);
    expect(store.state().kept.map(({ seq }) => seq)).toEqual([2, 3]);
  });

  it('[D5] [L4] is kept above a cut: what was kept up there is void', async () => {
    const store = beginning();
    const reset = { epoch: 1, seq: 0, digest: emptyDigest, epochs: [], parts: [], known: null, voidAbove: 4 };
    await applyAnswer(store, await prepareRequest(store, 10), answerOf({ reset }), options);
    expect(store.state().meta.keptThrough).toMatchObject({ epoch: 2, seq: 4 });
  });

  it('[D5] is not kept anew where an earlier build noted no restores: up to there and that epoch all is kept', async () => {
    const store = createMemoryClientStore({
      ...newReplicaMeta(testSpace, testReplica('a')),
      keptThrough: { epoch: 1, seq: 2 },
    });
    await applyAnswer(store, await prepareRequest(store, 10), answerOf({ entries: threeEntries() }), options);
    expect(store.state().kept.map(({ seq }) => seq)).toEqual([3]);
    const later: LogEntry = { type: 'seal', seq: 2, epoch: 2, receivedAt: 1 };
    expect(isKeptAlready(later, { epoch: 1, seq: 2 })).toBe(false);
  });
});
