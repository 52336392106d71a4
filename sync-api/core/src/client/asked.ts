import type { SyncRequest } from '../protocol/messages.ts';
import type { ReplicaMeta } from './ports.ts';

/** [D3] The replica still stands where it stood when it asked. */
export const isAnswerTo = (meta: ReplicaMeta, asked: Pick<SyncRequest, 'cursor' | 'epoch' | 'replica'>): boolean =>
  !meta.bootstrap &&
  meta.cursor === asked.cursor &&
  meta.epoch === asked.epoch &&
  (meta.reidentify?.replica ?? meta.replica) === asked.replica;

/** Changes that the log does not hold as far as this replica knows. */
export const waitingOf = (meta: ReplicaMeta): number => meta.nextNumber - 1 - meta.confirmedNumber;
