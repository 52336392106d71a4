import { type Change, chainHash, chainStart } from '../protocol/change.ts';
import type { OutboxItem, ReplicaMeta } from './ports.ts';

export type Restamped = {
  readonly meta: ReplicaMeta;
  readonly items: readonly OutboxItem[];
};

/**
 * [D8] Takes the new identity: what waits is stamped again from 1, each change naming its first identity as `origin`.
 * Bases stay as typed.
 */
export const restamp = (meta: ReplicaMeta, outbox: readonly OutboxItem[]): Restamped => {
  const replica = meta.reidentify?.replica ?? meta.replica;
  const items: OutboxItem[] = [];
  let next = 1;
  let hash = chainStart;
  for (const { found, ...item } of outbox) {
    const previous = hash;
    const first = next;
    const changes: Change[] = [];
    const identities: string[] = [];
    for (const [index, old] of item.changes.entries()) {
      if (found?.includes(item.first + index)) continue;
      const identity = item.identities[index] as string;
      const change: Change = { ...old, origin: identity };
      hash = chainHash(hash, change);
      next += 1;
      changes.push(change);
      identities.push(identity);
    }
    if (changes.length > 0) items.push({ ...item, first, last: next - 1, previous, hash, changes, identities });
  }
  const { reidentify: _, pullFirst: __, ...rest } = meta;
  return {
    meta: { ...rest, replica, nextNumber: next, chain: hash, confirmedNumber: 0, confirmedChain: chainStart },
    items,
  };
};
