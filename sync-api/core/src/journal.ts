import type { RejectionReason } from './protocol/change.ts';
import type { Identity, RecordKey } from './protocol/ids.ts';
import { isJsonObject, type Json } from './protocol/json.ts';

/** Something a person must be able to find again: a value that lost, an edit that met a delete, a flagged change. */
export type JournalRecord =
  | {
      readonly type: 'lost';
      readonly key: RecordKey;
      readonly group: string;
      readonly value: Json;
      readonly by: Identity;
      readonly to: Identity;
      readonly seq: number;
      readonly at: number;
    }
  | {
      readonly type: 'editMetDelete';
      readonly key: RecordKey;
      readonly edit: Identity;
      readonly deletion: Identity;
      readonly seq: number;
      readonly at: number;
    }
  | {
      readonly type: 'rejected';
      readonly key: RecordKey | null;
      readonly by: Identity;
      readonly change: Json;
      readonly reason: RejectionReason;
      readonly seq: number;
      readonly at: number;
    };

/** Names a journal record by the identities in it: folding an entry again writes the same one. */
export const journalId = (record: JournalRecord): string => {
  if (record.type === 'lost') return `lost ${record.by} ${record.group} ${record.to}`;
  if (record.type === 'rejected') return `rejected ${record.by}`;
  return `editMetDelete ${record.edit} ${record.deletion}`;
};

const textMembers = {
  lost: ['key', 'group', 'by', 'to'],
  editMetDelete: ['key', 'edit', 'deletion'],
  rejected: ['by'],
} as const;

/** Has what the screens and `journalId` read of a journal record of its type. */
export const isJournalRecord = (value: unknown): value is JournalRecord => {
  if (!isJsonObject(value)) return false;
  const { type, seq, at } = value;
  if (type !== 'lost' && type !== 'editMetDelete' && type !== 'rejected') return false;
  if (!Number.isSafeInteger(seq) || !Number.isSafeInteger(at)) return false;
  if (type === 'lost' && value['value'] === undefined) return false;
  if (type === 'rejected' && (!isJsonObject(value['reason']) || value['change'] === undefined)) return false;
  return textMembers[type].every((name) => typeof value[name] === 'string');
};
