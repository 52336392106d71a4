import type { RejectionReason } from '../protocol/change.ts';
import type { LogEntry, Rejection } from '../protocol/log-entry.ts';
import type { WireEntry } from '../protocol/messages.ts';

/** An entry of another replica as the log has it; a stub of an own one takes its changes from the outbox (D8). */
export const toLogEntry = (wire: Exclude<WireEntry, { type: 'own' }>): LogEntry =>
  wire.type === 'changes' ? { ...wire, rejected: rejections(wire.rejected) } : wire;

/** Reasons that a newer server has for flagging a change pass as they are. */
export const rejections = (
  wire: readonly (readonly [number, { readonly type: string }, ...unknown[]])[],
): readonly Rejection[] => wire.map(([number, reason]): Rejection => [number, reason as RejectionReason]);
