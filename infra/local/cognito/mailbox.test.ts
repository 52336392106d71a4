import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { Mail } from './mail.ts';
import { createMailbox, MAILS_KEPT_MAX, type Mailbox } from './mailbox.ts';

const newFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'mailbox-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
};

const mail = (to: string, subject = 'Hello'): Mail => ({
  to,
  subject,
  text: `${subject}, ${to}`,
  code: '012345',
  sentAtMs: Date.parse('2026-11-23T12:00:00Z'),
});

const serve = async (mailbox: Mailbox): Promise<string> => {
  const server = createServer(mailbox.handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
};

it('mails are listed newest first, by address in any case, and survive a restart', () => {
  const stateDir = newFolder();
  const mailbox = createMailbox({ stateDir });
  mailbox.deliver(mail('ana@example.com', 'first'));
  mailbox.deliver(mail('ben@example.com', 'second'));
  mailbox.deliver(mail('ana@example.com', 'third'));
  const reopened = createMailbox({ stateDir });
  expect(reopened.messages().map(({ id, subject }) => [id, subject])).toEqual([
    [3, 'third'],
    [2, 'second'],
    [1, 'first'],
  ]);
  expect(reopened.messages('ANA@example.com').map(({ subject }) => subject)).toEqual(['third', 'first']);
});

it('the oldest mails are dropped beyond the limit', () => {
  const mailbox = createMailbox({ stateDir: newFolder() });
  for (let count = 0; count <= MAILS_KEPT_MAX; count += 1) mailbox.deliver(mail('ana@example.com'));
  expect(mailbox.messages()).toHaveLength(MAILS_KEPT_MAX);
  expect(mailbox.messages()[0]?.id).toBe(MAILS_KEPT_MAX + 1);
  expect(mailbox.messages().at(-1)?.id).toBe(2);
});

it.each(['', '/mailbox'])('scripts read JSON at "%s/messages"', async (prefix) => {
  const mailbox = createMailbox({ stateDir: newFolder() });
  mailbox.deliver(mail('ana+1@example.com'));
  mailbox.deliver(mail('ben@example.com'));
  const url = `${await serve(mailbox)}${prefix}/messages`;
  const response = await fetch(`${url}?to=${encodeURIComponent('ana+1@example.com')}`);
  expect(response.headers.get('content-type')).toMatch(/^application\/json/);
  expect(await response.json()).toEqual([{ id: 1, ...mail('ana+1@example.com') }]);
  expect(await (await fetch(url)).json()).toHaveLength(2);
});

it.each(['//', '/%', '//[/messages', '/messages?to=%'])(
  'whatever a client asks for, as "%s", is answered',
  async (path) => {
    const url = await serve(createMailbox({ stateDir: newFolder() }));
    expect((await fetch(url + path)).status).toBe(200);
  },
);

it('the page shows each mail and runs nothing that came with one', async () => {
  const mailbox = createMailbox({ stateDir: newFolder() });
  mailbox.deliver({
    ...mail(`"><img src=x onerror=alert(1)>'&@example.com`, '<script>alert(1)</script>'),
    code: '<b>',
  });
  const response = await fetch(await serve(mailbox));
  const page = await response.text();
  expect(page).toContain('&#60;script&#62;alert(1)&#60;/script&#62;');
  expect(page).not.toMatch(/<img|<script>alert|<p class="code"><b>/);
  expect(response.headers.get('content-security-policy')).toMatch(/default-src 'none'.*script-src 'sha256-/);
  expect(response.headers.get('x-content-type-options')).toBe('nosniff');
});

it('an empty mailbox says what to do', async () => {
  const page = await (await fetch(await serve(createMailbox({ stateDir: newFolder() })))).text();
  expect(page).toContain('Sign up in the app');
});

it('nothing can be changed over HTTP', async () => {
  const url = await serve(createMailbox({ stateDir: newFolder() }));
  expect((await fetch(url, { method: 'POST', body: '{}' })).status).toBe(405);
  expect((await fetch(`${url}/messages`, { method: 'DELETE' })).status).toBe(405);
});
