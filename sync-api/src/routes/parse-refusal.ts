import type { ParseError, Refusal } from '@fintrack/sync-core/protocol';

/** Says where a message was not understood, and nothing of what it held. */
export const parseRefusal = (error: ParseError): Refusal => ({
  type: 'badRequest',
  message:
    error.type === 'notJson'
      ? 'The body is not JSON.'
      : `The request was not understood at "${error.path.slice(0, 100)}": ${error.why}.`,
});
