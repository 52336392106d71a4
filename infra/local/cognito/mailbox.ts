import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { createAtomicFile } from './atomic-file.ts';
import type { DeliveredMail, Mail } from './mail.ts';
import { mailboxPage, mailboxPagePolicy } from './mailbox-page.ts';
import { integer, list, object, text } from './shape.ts';
import { parseStored } from './stored-json.ts';

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

/** Every mail the local cloud sends ends up here and nowhere else. Throws a StartError on a damaged file. */
export const createMailbox = ({ stateDir }: { readonly stateDir: string }): Mailbox => {
  const path = join(stateDir, 'mailbox.json');
  const file = createAtomicFile(path);
  let mails = readMails(path, file.read());
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

const readMails = (path: string, stored: string | undefined): readonly DeliveredMail[] =>
  stored === undefined
    ? []
    : parseStored(storedMails, path, stored, 'delete it, and the next start has an empty mailbox').mails;

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
