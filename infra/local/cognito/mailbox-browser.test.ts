import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createMailbox } from './mailbox.ts';
import { openPage } from './open-page.ts';

it('an open mailbox page shows a new mail by itself, under a prefix too', { timeout: 60_000 }, async () => {
  const stateDir = mkdtempSync(join(tmpdir(), 'mailbox-'));
  onTestFinished(() => rmSync(stateDir, { recursive: true }));
  const mailbox = createMailbox({ stateDir });
  const server = createServer(mailbox.handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  const page = await openPage(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/mailbox`);
  const refusals: string[] = [];
  page.on('console', (message) => void (message.type() === 'error' && refusals.push(message.text())));
  expect(await page.textContent('.empty')).toContain('Nothing yet');
  mailbox.deliver({ to: 'ana@example.com', subject: 'Hi', text: 'Your code is 012345.', code: '012345', sentAtMs: 0 });
  await page.waitForSelector('.code');
  expect(await page.textContent('.code')).toBe('012345');
  expect(refusals).toEqual([]);
});
