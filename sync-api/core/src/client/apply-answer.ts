import type { SyncAnswer, SyncRequest, WireEntry } from '../protocol/messages.ts';
import { AnswerFold, type ApplyOptions } from './answer-fold.ts';
import { isAnswerTo, waitingOf } from './asked.ts';
import { adoptReset } from './bootstrap.ts';
import type { ExchangeOutcome } from './exchange.ts';
import type { ClientStore, ReplicaMeta } from './ports.ts';

/**
 * Changes folded in one transaction: long answers commit in steps, each with its cursor, and the screen stays alive. What
 * each step costs by itself (a flush, the totals of every month it touches) would be a fifth of a first pull at 2,000.
 */
const changesPerStep = 5000;
/** A device that has nothing of the log yet shows nothing that could stand still: a whole answer holds no more. */
const changesPerFirstStep = 20_000;

/**
 * Folds an answer into the store, in one or more transactions, each of which moves cursor and data together.
 *
 * Nothing leaves the outbox but in the transaction that folds the entry holding it [D2]; an answer to another cursor,
 * epoch or identity than the store's is dropped [D3].
 */
export const applyAnswer = async (
  store: ClientStore,
  request: SyncRequest,
  answer: SyncAnswer,
  options: ApplyOptions,
): Promise<ExchangeOutcome> => {
  let expected: Pick<SyncRequest, 'cursor' | 'epoch' | 'replica'> = request;
  if (answer.reset) return adoptReset(store, request, answer, answer.reset, options);
  let rest: readonly WireEntry[] = answer.entries;
  let moved = false;
  for (;;) {
    const { now, later } = splitStep(rest, expected.cursor === 0 ? changesPerFirstStep : changesPerStep);
    const isLast = later.length === 0;
    const step = await store.transact<StepResult>(async (reads) => {
      const meta = await reads.meta();
      if (!isAnswerTo(meta, expected)) return { result: { type: 'discarded' } };
      const fold = new AnswerFold(reads, meta, options);
      const end = await fold.entries(now, answer.head);
      if (end === 'corrupt') return { result: { type: 'corrupt' } };
      fold.judged(request, answer);
      if (isLast && end === 'folded') fold.refusal(request, answer);
      const writes = await fold.finish();
      return {
        writes,
        result: {
          type: 'folded',
          meta: writes.meta,
          moved: hasMoved(meta, writes.meta),
          isOver: isLast || end === 'stopped',
        },
      };
    });
    if (step.type !== 'folded') return step;
    const { meta } = step;
    moved ||= step.moved;
    if (step.isOver) {
      const loading = meta.cursor < answer.head ? { loading: { done: meta.cursor, total: answer.head } } : {};
      return { type: 'progress', waiting: waitingOf(meta), more: hasMore(meta, answer), moved, ...loading };
    }
    expected = { cursor: meta.cursor, epoch: meta.epoch, replica: meta.reidentify?.replica ?? meta.replica };
    rest = later;
  }
};

type StepResult =
  | { readonly type: 'discarded' }
  | { readonly type: 'corrupt' }
  | { readonly type: 'folded'; readonly meta: ReplicaMeta; readonly moved: boolean; readonly isOver: boolean };

const splitStep = (entries: readonly WireEntry[], changesMax: number) => {
  let changes = 0;
  let count = 0;
  while (count < entries.length && (count === 0 || changes < changesMax)) {
    const entry = entries[count++];
    changes +=
      entry?.type === 'changes' ? entry.changes.length : entry?.type === 'own' ? entry.last - entry.first + 1 : 0;
  }
  return { now: entries.slice(0, count), later: entries.slice(count) };
};

const hasMoved = (before: ReplicaMeta, after: ReplicaMeta): boolean =>
  after.cursor !== before.cursor || after.reidentify !== before.reidentify || after.pullFirst !== before.pullFirst;

const hasMore = (meta: ReplicaMeta, answer: SyncAnswer): boolean =>
  !meta.sealed && (meta.cursor < answer.head || waitingOf(meta) > 0 || meta.reidentify !== undefined);
