import { describe, expect, it } from 'vitest';
import { hashText } from '../protocol/hash.ts';
import { emptyDigest } from '../row.ts';
import { testReplica } from '../testing/change-builder.ts';
import { createMemoryClientStore } from '../testing/memory-client-store.ts';
import { testSpace } from '../testing/test-device.ts';
import { applyPart, emptyPart } from './bootstrap.ts';
import { newReplicaMeta } from './new-replica.ts';

/** A device that was told to pull up to 72 first, at the end of a snapshot at 33. */
const loaded = async (epoch: number) => {
  const parts = [{ hash: hashText(emptyPart), records: 0 }];
  const reset = { epoch, seq: 33, digest: emptyDigest, epochs: [], parts, known: null };
  const bootstrap = { reset, next: 0, digest: emptyDigest };
  const meta = { ...newReplicaMeta(testSpace, testReplica('a')), pullFirst: 72, bootstrap };
  const store = createMemoryClientStore(meta);
  await applyPart(store, bootstrap, emptyPart);
  return store.state().meta;
};

describe('a device whose push was refused, and that then loads a snapshot', () => {
  it('[D8] goes on waiting for the entries up to the head that the refusal named', async () => {
    expect(await loaded(1)).toMatchObject({ cursor: 33, pullFirst: 72 });
  });

  it('[D8] [L4] waits no more where the snapshot is of a later epoch: that head may have been cut off', async () => {
    expect(await loaded(2)).not.toHaveProperty('pullFirst');
  });
});
