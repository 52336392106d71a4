import type { EpochMark } from './protocol/log-entry.ts';

/** The epoch that a position of a log of these restores belongs to. */
export const epochAt = (seq: number, epochs: readonly EpochMark[]): number =>
  epochs.findLast(({ restoredHead }) => seq > restoredHead)?.epoch ?? 1;

/** [L4] The last position that a ledger of this epoch has in common with a log of these restores; infinite for all. */
export const keptHead = (epoch: number, epochs: readonly EpochMark[]): number => {
  let head = Number.POSITIVE_INFINITY;
  for (const mark of epochs) {
    if (mark.epoch <= epoch) continue;
    const common = mark.abandoned?.find(([each]) => each === epoch)?.[1] ?? head;
    head = Math.min(head, mark.restoredHead, common);
  }
  return head;
};

/** A base of an older epoch that lies above what the restores kept was never seen in this log: it counts as 0. */
export const baseInLog = (base: number, changeEpoch: number, epochs: readonly EpochMark[]): number =>
  base > keptHead(changeEpoch, epochs) ? 0 : base;
