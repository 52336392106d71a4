import { validateHeaderName, validateHeaderValue } from 'node:http';

/** What goes back over the wire. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly string[];
  readonly body: Buffer;
}

/**
 * Reads what a function returned, after its way through JSON. Undefined where the service cannot make an answer of it
 * either, and says 500: a status that is no status, a header that cannot be sent, a body that is no text.
 */
export function toHttpAnswer(returned: unknown): HttpAnswer | undefined {
  if (!isRecord(returned) || !('statusCode' in returned)) return inferredAnswer(returned);
  const { statusCode, headers = {}, cookies = [], body = '', isBase64Encoded = false } = returned;
  const status = typeof statusCode === 'string' ? Number(statusCode) : statusCode;
  if (!isStatus(status) || !isScalarRecord(headers) || !isTextList(cookies) || typeof body !== 'string') {
    return undefined;
  }
  const lines = [...Object.entries(headers), ...cookies.map((cookie) => ['set-cookie', cookie] as const)];
  if (!lines.every(([name, value]) => isSendable(name, String(value)))) return undefined;
  return {
    status,
    headers: { 'content-type': 'text/plain;charset=UTF-8', ...lowerCased(headers) },
    cookies,
    body: Buffer.from(body, isBase64Encoded === true ? 'base64' : 'utf8'),
  };
}

export function jsonAnswer(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): HttpAnswer {
  const body = Buffer.from(JSON.stringify(value));
  return { status, headers: { 'content-type': 'application/json', ...headers }, cookies: [], body };
}

/** Anything without a `statusCode` is taken for the body of a success. */
function inferredAnswer(returned: unknown): HttpAnswer {
  if (typeof returned !== 'string') return jsonAnswer(200, returned ?? null);
  return { ...jsonAnswer(200, null), body: Buffer.from(returned) };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isStatus(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 200 && value <= 599;
}

function isScalarRecord(value: unknown): value is Readonly<Record<string, string | number | boolean>> {
  return isRecord(value) && Object.values(value).every((item) => ['string', 'number', 'boolean'].includes(typeof item));
}

function isTextList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function isSendable(name: string, value: string): boolean {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    return true;
  } catch {
    return false;
  }
}

function lowerCased(headers: Readonly<Record<string, string | number | boolean>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]));
}
