import { chainStart } from '../protocol/change.ts';
import type { ReplicaId, SpaceId } from '../protocol/ids.ts';
import { emptyDigest } from '../row.ts';
import type { ReplicaMeta } from './ports.ts';

/** A replica that has folded nothing and made nothing. */
export const newReplicaMeta = (space: SpaceId, replica: ReplicaId): ReplicaMeta => ({
  space,
  replica,
  nextNumber: 1,
  chain: chainStart,
  confirmedNumber: 0,
  confirmedChain: chainStart,
  cursor: 0,
  epoch: 1,
  digest: emptyDigest,
  epochs: [],
});
