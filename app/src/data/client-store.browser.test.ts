import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { clientStoreCases } from '@fintrack/sync-core/testing';
import { type Browser, chromium, type Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumArguments, requireChromium } from '../../../scripts/find-chromium.mjs';

/** What the page runs: one case of the contract over a database of its own. */
const pageScript = `
  import { clientStoreCases, contractMeta } from '@fintrack/sync-core/testing';
  import { createClientStore } from '${fileURLToPath(new URL('client-store.ts', import.meta.url))}';
  import { createLedgerDatabase } from '${fileURLToPath(new URL('database.ts', import.meta.url))}';
  const subject = (name) => async () => {
    let database = createLedgerDatabase(name);
    return {
      store: createClientStore(database, () => contractMeta),
      reopen: async () => {
        database.close();
        database = createLedgerDatabase(name);
        return createClientStore(database, () => contractMeta);
      },
      dispose: () => database.delete(),
    };
  };
  globalThis.runCase = async (index) => {
    try {
      await clientStoreCases[index].run(subject('contract-' + index));
      return 'passed';
    } catch (error) {
      return String(error);
    }
  };
`;

const bundle = async (): Promise<string> => {
  const id = fileURLToPath(new URL('contract-page.ts', import.meta.url));
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    plugins: [
      {
        name: 'contract page',
        resolveId: (source) => (source === id ? id : null),
        load: (source) => (source === id ? pageScript : null),
      },
    ],
    build: { write: false, minify: false, rolldownOptions: { input: id } },
  });
  const outputs = 'output' in built ? built.output : [];
  const [chunk] = outputs;
  if (chunk?.type !== 'chunk') throw new Error('nothing was built');
  return chunk.code;
};

describe('the client store in a browser', () => {
  let browser: Browser;
  let page: Page;
  let close: () => Promise<void>;

  beforeAll(async () => {
    const script = await bundle();
    const server = createServer((incoming, outgoing) => {
      const isScript = incoming.url === '/page.js';
      outgoing.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
      outgoing.end(isScript ? script : '<!doctype html><script type="module" src="/page.js"></script>');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    browser = await chromium.launch({ executablePath: requireChromium(), args: chromiumArguments });
    page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, { waitUntil: 'load' });
    close = async () => {
      await browser.close();
      await new Promise((resolve) => server.close(resolve));
    };
  });

  afterAll(() => close());

  for (const [index, { name }] of clientStoreCases.entries())
    it(name, async () => expect(await page.evaluate(`runCase(${index})`)).toBe('passed'));
});
