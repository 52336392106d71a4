import type { Feedback } from '@fintrack/advisor-core';
import { isLive, type Row } from '@fintrack/sync-core/client';
import { textOf } from './entry-of.ts';

/** Records of this kind take a notice away, or an insight, on every device. */
export const dismissalKind = 'dismissal';

/** Reason of those that only take a notice away. */
export const resolvedReason = 'resolved';

/** What a dismissal says, while it stands. */
export const feedbackOf = (row: Row): Feedback | undefined => {
  if (!isLive(row)) return undefined;
  const [insight, reason] = [textOf(row.cells['insight']?.value), textOf(row.cells['reason']?.value)];
  return insight === '' ? undefined : { insight, reason };
};
