import type { PartResult, Transport, TransportResult } from '@fintrack/sync-core/client';
import {
  parseRefusalBody,
  parseSyncAnswer,
  type PartRequest,
  type Refusal,
  type RefusalType,
  refusals,
  type SyncRequest,
} from '@fintrack/sync-core/protocol';
import { ask, type ServerDeps } from './ask-server.ts';

export type HttpTransportDeps = ServerDeps;

export type HttpTransport = Transport & {
  /** Gets a new token after a refusal; what comes of it shows at the next `send`. */
  refreshToken(): Promise<void>;
};

/** `POST /v1/sync` over fetch. Every outcome of a network is a value. */
export const createHttpTransport = (deps: HttpTransportDeps): HttpTransport => ({
  send: (request) => send(deps, request),
  part: (request) => part(deps, request),
  refreshToken: async () => void (await deps.accessToken({ isRefused: true })),
});

const send = async (deps: HttpTransportDeps, request: SyncRequest): Promise<TransportResult> => {
  const reply = await ask(deps, 'POST', '/v1/sync', request);
  return 'text' in reply ? readAnswer(reply.status, reply.text) : reply;
};

const part = async (deps: HttpTransportDeps, request: PartRequest): Promise<PartResult> => {
  const reply = await ask(deps, 'POST', '/v1/snapshot', request);
  if (!('text' in reply)) return reply;
  // Whether it is the part that was asked for, its hash tells; a portal's page is not taken for a damaged part.
  if (reply.status === 200) return reply.text.startsWith('{') ? { type: 'part', text: reply.text } : notTheServer;
  return readRefusal(reply.status, reply.text);
};

const notTheServer = { type: 'notTheServer' } as const;

/** What an answer means, by its status and its text; text that is not the server's is never taken for it. */
export const readAnswer = (status: number, text: string): TransportResult => {
  if (status === 200 || status === 409) {
    const answer = parseSyncAnswer(text);
    if (answer.ok) return { type: 'answer', answer: answer.value };
    return status === 200 ? notTheServer : refused(status, text);
  }
  return readRefusal(status, text);
};

type Unanswered = Exclude<TransportResult, { type: 'answer' }>;

const readRefusal = (status: number, text: string): Unanswered =>
  // The gateway answers 401 by itself, before the server, in its own words.
  status === 401
    ? { type: 'refused', refusal: { type: 'unauthorized', message: 'the token was refused' } }
    : refused(status, text);

const refused = (status: number, text: string): Unanswered => {
  const parsed = parseRefusalBody(text);
  if (parsed.ok) return { type: 'refused', refusal: toRefusal(status, parsed.value.error) };
  if (status === 429) return { type: 'refused', refusal: { type: 'throttled', message: 'the gateway throttles' } };
  return notTheServer;
};

type WireRefusal = Omit<Refusal, 'type' | 'head' | 'limitBytes' | 'delayMs'> & {
  readonly type: string;
  readonly head?: number | undefined;
  readonly limitBytes?: number | undefined;
  readonly delayMs?: number | undefined;
};

/** A refusal that this version does not know is judged by its status. */
const toRefusal = (status: number, { type, message, head, limitBytes, delayMs }: WireRefusal): Refusal => ({
  type: isRefusalType(type) ? type : status >= 500 ? 'internal' : 'badRequest',
  message,
  ...(head === undefined ? {} : { head }),
  ...(limitBytes === undefined ? {} : { limitBytes }),
  ...(delayMs === undefined ? {} : { delayMs }),
});

const isRefusalType = (type: string): type is RefusalType => Object.hasOwn(refusals, type);
