import type { GetAccessToken } from '../model/access-token.ts';

export type ServerDeps = {
  /** Base address of the API, empty for this page's own; nothing while it is not known. */
  readonly apiUrl: () => Promise<string | undefined>;
  readonly accessToken: GetAccessToken;
  /** A request that takes longer is given up. */
  readonly timeoutMs?: number;
};

export type Reply = { readonly status: number; readonly text: string };
export type NoReply = { readonly type: 'unreachable' | 'signInNeeded' };

/** The server answers within 30 s or not at all: API Gateway's own limit. */
const timeoutMsDefault = 35_000;

/** Smaller bodies gain nothing by compression. */
const compressAboveBytes = 1024;

/** One request with the account's token. Every outcome of a network is a value. */
export const ask = async (
  deps: ServerDeps,
  method: 'POST' | 'DELETE',
  path: string,
  message: object,
): Promise<Reply | NoReply> => {
  const [apiUrl, token] = await Promise.all([deps.apiUrl(), deps.accessToken({ isRefused: false })]);
  if (token.type !== 'token') return { type: token.type };
  if (apiUrl === undefined) return { type: 'unreachable' };
  const { body, encoding } = await encodeBody(JSON.stringify(message));
  try {
    const response = await fetch(`${apiUrl}${path}`, {
      method,
      headers: { authorization: `Bearer ${token.token}`, 'content-type': 'application/json', ...encoding },
      body,
      // Only a captive portal answers with another address, and it must not be sent the token.
      redirect: 'error',
      signal: AbortSignal.timeout(deps.timeoutMs ?? timeoutMsDefault),
    });
    return { status: response.status, text: await response.text() };
  } catch {
    // fetch rejects for a network alone: no connection, no answer in time, one that broke off.
    return { type: 'unreachable' };
  }
};

const encodeBody = async (text: string) => {
  const bytes = new TextEncoder().encode(text);
  if (bytes.length <= compressAboveBytes) return { body: bytes, encoding: {} };
  const packed = new Blob([bytes]).stream().pipeThrough(new CompressionStream('gzip'));
  const body = new Uint8Array(await new Response(packed).arrayBuffer());
  return { body, encoding: { 'content-encoding': 'gzip' } };
};
