import type { Identity, ReplicaId } from '@fintrack/sync-core/protocol';

/** Sort keys of a space's items in the table SyncState: what the server keeps of it beside its log. */
export const appliedItem = 'applied';
export const factsItem = 'facts';
export const retiredItem = (replica: ReplicaId): string => `retired#${replica}`;
export const isRetiredItem = (item: string): boolean => item.startsWith(retiredItem(''));
export const writeItem = (id: Identity): string => `write#${id}`;

/** Partitions that are no space: those are the `sub` of a token. The sort key in `deletions` is a space. */
export const deletionsSpace = 'deletions';
export const sweepSpace = 'sweep';
