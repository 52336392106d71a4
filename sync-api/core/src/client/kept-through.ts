import { epochAt } from '../base-in-log.ts';
import type { LogEntry } from '../protocol/log-entry.ts';
import type { KeptThrough, ReplicaMeta } from './ports.ts';

/** [D5] What was folded before and is folded again is kept already. */
export const keptThroughNow = ({ keptThrough: known, epoch, epochs, cursor }: ReplicaMeta): KeptThrough => {
  const now = { epoch, seq: cursor, epochs };
  if (!known || known.epoch < epoch) return now;
  return known.epoch > epoch || known.seq > now.seq ? known : now;
};

/**
 * [D5] Whether the entry was folded before. Builds before the restores were stored took every entry up to that epoch for
 * kept: what they stored means that still, since what they had folded by then cannot be told any more.
 */
export const isKeptAlready = ({ epoch, seq }: LogEntry, through: KeptThrough | undefined): boolean => {
  if (!through || seq > through.seq) return false;
  return through.epochs ? epoch === epochAt(seq, through.epochs) : epoch <= through.epoch;
};
