import {
  fail,
  ok,
  parseHistoryRequest,
  parsePartRequest,
  parseReceiptRequest,
  recordKey,
  type Refusal,
} from '@fintrack/sync-core/protocol';
import { readHistory, type ReadableHistory, servePart, verifyLedger } from '@fintrack/sync-core/server';
import type { RouteResult, User } from './answer.ts';
import { parseRefusal } from './parse-refusal.ts';

const wrongSpace: Refusal = { type: 'wrongSpace', message: 'the token belongs to another account' };
const sealed: Refusal = { type: 'sealed', message: 'the account is deleted' };

/** `POST /v1/snapshot`: the text of one part of a snapshot [L2]. */
export const createPartRoute =
  (history: ReadableHistory) =>
  async (user: User, body: string): Promise<RouteResult> => {
    const request = parsePartRequest(body);
    if (!request.ok) return fail(parseRefusal(request.error));
    const part = await servePart(history, user.space, request.value);
    return part.ok ? ok({ body: part.value }) : part;
  };

/** `POST /v1/history`: a page of what happened to one record [L3]. */
export const createHistoryRoute =
  (history: ReadableHistory) =>
  async (user: User, body: string): Promise<RouteResult> => {
    const request = parseHistoryRequest(body);
    if (!request.ok) return fail(parseRefusal(request.error));
    const { space, kind, id, after } = request.value;
    if (space !== user.space) return fail(wrongSpace);
    if ((await history.log.tail(space))?.entry.type === 'seal') return fail(sealed);
    const page = await readHistory(history, space, recordKey(kind, id), after);
    return ok({ body: JSON.stringify(page) });
  };

/** `POST /v1/receipt`: what the server's own fold of the log comes to [L7]. */
export const createReceiptRoute =
  (history: ReadableHistory) =>
  async (user: User, body: string): Promise<RouteResult> => {
    const request = parseReceiptRequest(body);
    if (!request.ok) return fail(parseRefusal(request.error));
    if (request.value.space !== user.space) return fail(wrongSpace);
    const receipt = await verifyLedger(history, user.space);
    return receipt ? ok({ body: JSON.stringify(receipt) }) : fail(sealed);
  };
