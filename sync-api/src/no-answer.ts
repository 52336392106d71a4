const names: ReadonlySet<string> = new Set(['AbortError', 'RequestTimeout', 'TimeoutError']);
const codes: ReadonlySet<string> = new Set([
  'EAI_AGAIN',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
]);

/** Whether a request of an AWS client ended without an answer: what it asked for may have been done or not. */
export const isNoAnswer = (error: Error): boolean =>
  names.has(error.name) || ('code' in error && codes.has(String(error.code)));
