import * as v from 'valibot';
import {
  type AccountDeletion,
  accountDeletionSchema,
  historyPageSchema,
  type HistoryRequest,
  historyRequestSchema,
  refusalBodySchema,
  type PartRequest,
  partRequestSchema,
  type ReceiptRequest,
  receiptRequestSchema,
  receiptSchema,
  type SyncAnswer,
  type SyncRequest,
  syncAnswerSchema,
  syncRequestSchema,
  type WireHistoryPage,
  type WireReceipt,
} from './messages.ts';
import { fail, ok, type Result } from './result.ts';

/** Where and why a message was not understood; holds no values of the message. */
export type ParseError =
  | { readonly type: 'notJson' }
  | { readonly type: 'shape'; readonly path: string; readonly why: string };

/** The only gate from text to a message. Unknown members stay, in place and unread [F9]. */
const parseWith = <S extends v.GenericSchema>(schema: S, text: string): Result<v.InferOutput<S>, ParseError> => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return fail({ type: 'notJson' });
  }
  const parsed = v.safeParse(schema, value, { abortEarly: true });
  if (parsed.success) return ok(parsed.output);
  const issue = parsed.issues[0];
  return fail({ type: 'shape', path: v.getDotPath(issue) ?? '', why: `expected ${issue.expected ?? 'another value'}` });
};

export const parseSyncRequest = (text: string): Result<SyncRequest, ParseError> => parseWith(syncRequestSchema, text);
export const parsePartRequest = (text: string): Result<PartRequest, ParseError> => parseWith(partRequestSchema, text);
export const parseSyncAnswer = (text: string): Result<SyncAnswer, ParseError> => parseWith(syncAnswerSchema, text);
export const parseRefusalBody = (text: string): Result<v.InferOutput<typeof refusalBodySchema>, ParseError> =>
  parseWith(refusalBodySchema, text);
export const parseHistoryRequest = (text: string): Result<HistoryRequest, ParseError> =>
  parseWith(historyRequestSchema, text);
export const parseHistoryPage = (text: string): Result<WireHistoryPage, ParseError> =>
  parseWith(historyPageSchema, text);
export const parseReceiptRequest = (text: string): Result<ReceiptRequest, ParseError> =>
  parseWith(receiptRequestSchema, text);
export const parseReceipt = (text: string): Result<WireReceipt, ParseError> => parseWith(receiptSchema, text);
export const parseAccountDeletion = (text: string): Result<AccountDeletion, ParseError> =>
  parseWith(accountDeletionSchema, text);
