import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { createAtomicFile } from './atomic-file.ts';
import type { DeliveredMail, Mail } from './mail.ts';
import { mailboxPage, mailboxPagePolicy } from './mailbox-page.ts';
import { integer, list, object, text } from './shape.ts';

export interface Mailbox {
  /** On disk when it returns. */
  readonly deliver: (mail: Mail) => void;
  /**
   * Answers GET for a page, and for JSON at any path that ends in `/messages` (`?to=` narrows it), so it can be mounted
   * under any prefix, stripped or not, or on a port of its own.
   */
  readonly handle: (request: IncomingMessage, response: ServerResponse) => void;
  /** Newest first; `to` in any case. */
  readonly messages: (to?: string) => readonly DeliveredMail[];
}

/** The oldest are dropped: nobody looks for last month's codes. */
export const MAILS_KEPT_MAX = 200;

/** Every mail the local cloud sends ends up here and nowhere else. */
export const createMailbox = ({ stateDir }: { readonly stateDir: string }): Mailbox => {
  const file = createAtomicFile(join(stateDir, 'mailbox.json'));
  let mails = readMails(file.read());
  const messages = (to?: string): readonly DeliveredMail[] =>
    to === undefined ? mails : mails.filter((mail) => mail.to.toLowerCase() === to.toLowerCase());
  return {
    messages,
    deliver: (mail) => {
      const next = [{ ...mail, id: (mails[0]?.id ?? 0) + 1 }, ...mails].slice(0, MAILS_KEPT_MAX);
      file.write(`${JSON.stringify({ mails: next }, undefined, 1)}\n`);
      mails = next;
    },
    handle: (request, response) => {
      if (request.method !== 'GET' && request.method !== 'HEAD') {
        response.writeHead(405, { allow: 'GET, HEAD' }).end();
        return;
      }
      // Not by `URL`, which throws on some of what a client may send, such as `//`.
      const [path = '', query = ''] = (request.url ?? '/').split('?');
      const asked = new URLSearchParams(query).get('to') ?? undefined;
      if (/\/messages\/?$/.test(path)) sendJson(response, messages(asked));
      else sendPage(response, mailboxPage(messages(asked)));
    },
  };
};

const storedMails = object({
  mails: list(
    object({ id: integer, to: text(254), subject: text(998), text: text(10_000), code: text(64), sentAtMs: integer }),
    MAILS_KEPT_MAX,
  ),
});

const readMails = (stored: string | undefined): readonly DeliveredMail[] => {
  if (stored === undefined) return [];
  const read = storedMails(JSON.parse(stored), '');
  if (!read.ok) throw new Error(`the stored mailbox is unreadable at "${read.error.path}" (${read.error.reason})`);
  return read.value.mails;
};

const sendJson = (response: ServerResponse, body: unknown): void => {
  response.writeHead(200, { ...PRIVATE_HEADERS, 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(body));
};

const sendPage = (response: ServerResponse, html: string): void => {
  const headers = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': mailboxPagePolicy };
  response.writeHead(200, { ...PRIVATE_HEADERS, ...headers });
  response.end(html);
};

const PRIVATE_HEADERS = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
} as const;
