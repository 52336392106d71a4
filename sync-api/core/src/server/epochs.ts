import type { EpochMark } from '../protocol/log-entry.ts';

/** [L4] The last position that a ledger of this epoch has in common with the log as it is; infinite for all. */
export const keptHead = (epoch: number, epochs: readonly EpochMark[]): number =>
  Math.min(Number.POSITIVE_INFINITY, ...epochs.filter((mark) => mark.epoch > epoch).map((mark) => mark.restoredHead));

/** [L4] Stands above what a restore kept: it never happened. */
export const isVoid = (at: { readonly epoch: number; readonly seq: number }, epochs: readonly EpochMark[]): boolean =>
  at.seq > keptHead(at.epoch, epochs);
