import { isJsonObject } from '@fintrack/sync-core/protocol';

/** What one build learns only where it runs; nothing secret. */
export type Config = {
  /** Base address of the API; empty for this page's own. */
  readonly api: string;
  readonly userPoolId: string;
  readonly userPoolClientId: string;
  /** Where Cognito is not AWS's own. */
  readonly userPoolEndpoint?: string;
};

const cacheKey = 'fintrack.config';
const timeoutMs = 5000;

/**
 * Reads `/config.json` on first need, once a page; the last one read stands in when the network is away. Nothing while
 * neither can be had, and then the next call tries again. The ledger opens without it.
 */
export const createConfig = (storage: Pick<Storage, 'getItem' | 'setItem'>): (() => Promise<Config | undefined>) => {
  let known: Promise<Config | undefined> | undefined;
  return async () => {
    known ??= readConfig(storage);
    const config = await known;
    if (!config) known = undefined;
    return config;
  };
};

const readConfig = async (storage: Pick<Storage, 'getItem' | 'setItem'>): Promise<Config | undefined> => {
  const text = await fetchText().catch(() => undefined);
  const fresh = text === undefined ? undefined : parseConfig(text);
  if (!fresh || text === undefined) return parseConfig(storage.getItem(cacheKey) ?? '');
  try {
    storage.setItem(cacheKey, text);
  } catch {
    // No room for it: the account works all the same, and the next start without a network asks again.
  }
  return fresh;
};

const fetchText = async (): Promise<string | undefined> => {
  const response = await fetch('/config.json', { signal: AbortSignal.timeout(timeoutMs) });
  return response.ok ? response.text() : undefined;
};

export const parseConfig = (text: string): Config | undefined => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined; // a captive portal's page
  }
  if (!isJsonObject(value)) return undefined;
  const { api, userPoolId, userPoolClientId, userPoolEndpoint } = value;
  if (typeof api !== 'string' || typeof userPoolId !== 'string' || typeof userPoolClientId !== 'string')
    return undefined;
  if (userPoolEndpoint === undefined) return { api, userPoolId, userPoolClientId };
  return typeof userPoolEndpoint === 'string' ? { api, userPoolId, userPoolClientId, userPoolEndpoint } : undefined;
};
