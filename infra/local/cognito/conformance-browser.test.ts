import { createServer } from 'node:http';
import { join } from 'node:path';
import { build } from 'esbuild';
import { expect, it, onTestFinished } from 'vitest';
import type {} from './conformance-page.ts';
import { openPage } from './open-page.ts';
import { startTestPool } from './test-pool.ts';

it('aws-amplify passes every step in Chromium', { timeout: 180_000 }, async () => {
  await using pool = await startTestPool();
  const { cognito, clock } = pool;
  const page = await openPage(await serveScript(await bundlePage()));
  await page.exposeFunction('readCode', (to: string) => pool.newestCode(to));
  await page.exposeFunction('nowMs', () => clock.nowMs);
  await page.exposeFunction('advance', (durationMs: number) => {
    clock.nowMs += durationMs;
  });
  const steps = await page.evaluate((options) => window.runConformance(options), {
    endpoint: cognito.url,
    userPoolId: cognito.userPoolId,
    clientId: cognito.clientId,
    email: 'ana@example.com',
  });
  expect(steps.filter(({ failure }) => failure !== undefined)).toEqual([]);
  expect(steps.length).toBeGreaterThan(20);
});

const bundlePage = async (): Promise<string> => {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, 'conformance-page.ts')],
    bundle: true,
    format: 'iife',
    write: false,
    logLevel: 'error',
  });
  return outputFiles[0]?.text ?? '';
};

const serveScript = async (script: string): Promise<string> => {
  const server = createServer(({ url }, response) => {
    const isScript = url === '/flow.js';
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
    response.end(isScript ? script : '<!doctype html><meta charset="utf-8"><script src="/flow.js"></script>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return `http://127.0.0.1:${address.port}/`;
};
