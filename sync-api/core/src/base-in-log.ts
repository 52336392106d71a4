import type { EpochMark } from './protocol/log-entry.ts';

/** A base of an older epoch that lies above what the restore kept was never seen in this log: it counts as 0. */
export const baseInLog = (base: number, changeEpoch: number, epochs: readonly EpochMark[]): number =>
  epochs.some((mark) => mark.epoch > changeEpoch && base > mark.restoredHead) ? 0 : base;
