import type { Advice } from '@fintrack/advisor-core';
import { fail, isJsonObject, ok, type Result } from '@fintrack/sync-core/protocol';
import type { ServerAdvice } from '../model/services.ts';
import type { GetAccessToken } from '../model/access-token.ts';
import { isAdvice } from './advice-schema.ts';

export type ServerAdviceDeps = {
  readonly apiUrl: () => Promise<string | undefined>;
  readonly accessToken: GetAccessToken;
};

const timeoutMs = 35_000;

/** `GET /v1/advice`: what the server's advisor makes of the tables. */
export const readAdvice = async (deps: ServerAdviceDeps, asOf: string): ReturnType<ServerAdvice['advice']> => {
  const [apiUrl, token] = await Promise.all([deps.apiUrl(), deps.accessToken({ isRefused: false })]);
  if (token.type !== 'token') return fail({ type: token.type });
  if (apiUrl === undefined) return fail({ type: 'unreachable' });
  try {
    const response = await fetch(`${apiUrl}/v1/advice?asOf=${asOf}`, {
      headers: { authorization: `Bearer ${token.token}` },
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (response.status === 401) return fail({ type: 'signInNeeded' });
    return parseAdvice(response.ok ? await response.text() : '');
  } catch {
    return fail({ type: 'unreachable' });
  }
};

const parseAdvice = (text: string): Result<Advice, { readonly type: 'unreachable' }> => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return fail({ type: 'unreachable' });
  }
  const advice = isJsonObject(value) ? value['advice'] : undefined;
  return isAdvice(advice) ? ok(advice) : fail({ type: 'unreachable' });
};
