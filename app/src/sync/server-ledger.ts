import {
  fail,
  idOfKey,
  kindOfKey,
  ok,
  type ParseError,
  parseAccountDeletion,
  parseHistoryPage,
  parseReceipt,
  parseRefusalBody,
  protocolVersion,
  type RejectionReason,
  type Result,
  type WireHistoryPage,
  type WireReceipt,
} from '@fintrack/sync-core/protocol';
import type { LoggedChange } from '../model/history.ts';
import type { AskError } from '../model/ask-error.ts';
import { ask, type NoReply, type Reply, type ServerDeps } from './ask-server.ts';

export type ServerLedgerDeps = ServerDeps & {
  /** The signed-in account; nothing without one. */
  readonly space: () => string | undefined;
};

/** Longer histories than this are not shown to their beginning: some ten thousand entries of a log a page. */
const pagesMax = 50;

/** `POST /v1/history`: every logged change of a record, oldest first, from archives and log. */
export const readOlderHistory = async (
  deps: ServerLedgerDeps,
  key: string,
): Promise<Result<readonly LoggedChange[], AskError>> => {
  const changes: LoggedChange[] = [];
  let after: number | null = 0;
  for (let pages = 0; after !== null && pages < pagesMax; pages++) {
    const message: object = { protocol: protocolVersion, kind: kindOfKey(key), id: idOfKey(key), after };
    const page: Result<WireHistoryPage, AskError> = await askFor(deps, '/v1/history', message, parseHistoryPage);
    if (!page.ok) return page;
    changes.push(...page.value.changes.map(toLogged));
    after = page.value.next;
  }
  return ok(changes);
};

/** What this device made is kept on it; what only the server has was made by others, or by this one before it was emptied. */
const toLogged = ({ isRejected, ...logged }: WireHistoryPage['changes'][number]): LoggedChange => {
  const reason: RejectionReason = { type: 'shape' };
  return { ...logged, isOwn: false, ...(isRejected ? { reason } : {}) };
};

/** `POST /v1/receipt`: what the server's own fold of the log comes to. */
export const readReceipt = (deps: ServerLedgerDeps): Promise<Result<WireReceipt, AskError>> =>
  askFor(deps, '/v1/receipt', { protocol: protocolVersion }, parseReceipt);

/** `DELETE /v1/account`: the ledger on the server and the account itself. What is on this device stays. */
export const deleteAccount = async (
  deps: ServerLedgerDeps,
): Promise<Result<null, AskError | { readonly type: 'signInAgain' }>> => {
  const space = deps.space();
  if (space === undefined) return fail({ type: 'signInNeeded' });
  const reply = await ask(deps, 'DELETE', '/v1/account', { protocol: protocolVersion, space });
  if (!('text' in reply)) return fail({ type: reply.type });
  const refusal = parseRefusalBody(reply.text);
  if (refusal.ok && refusal.value.error.type === 'signInAgain') return fail({ type: 'signInAgain' });
  const deleted = read(reply, parseAccountDeletion);
  return deleted.ok ? ok(null) : deleted;
};

const askFor = async <T>(
  deps: ServerLedgerDeps,
  path: string,
  message: object,
  parse: (text: string) => Result<T, ParseError>,
): Promise<Result<T, AskError>> => {
  const space = deps.space();
  if (space === undefined) return fail({ type: 'signInNeeded' });
  return read(await ask(deps, 'POST', path, { ...message, space }), parse);
};

const read = <T>(reply: Reply | NoReply, parse: (text: string) => Result<T, ParseError>): Result<T, AskError> => {
  if (!('text' in reply)) return fail({ type: reply.type });
  if (reply.status === 401) return fail({ type: 'signInNeeded' });
  const parsed = reply.status === 200 ? parse(reply.text) : undefined;
  return parsed?.ok ? parsed : fail({ type: 'unreachable' });
};
