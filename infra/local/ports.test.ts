import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { startCloud } from './cloud.ts';
import { onFreePort, startServer } from './ports.ts';

/** Listens where a development server might: on one address alone, which `localhost` may stand for. */
async function takenPort(host: string): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

it.each(['127.0.0.1', '::'])('a port taken on %s is passed over', async (host) => {
  const taken = await takenPort(host);
  const { port, close } = await onFreePort(taken, startServer);
  onTestFinished(close);
  expect(port).toBeGreaterThan(taken);
});

it('a port that is taken between looking and listening is passed over', async () => {
  const tried: number[] = [];
  const port = await onFreePort(20_000, async (candidate) => {
    tried.push(candidate);
    if (tried.length === 1) throw Object.assign(new Error('taken'), { code: 'EADDRINUSE' });
    return candidate;
  });
  expect(tried).toEqual([tried[0], port]);
});

it('any other failure is told', async () => {
  await expect(onFreePort(20_000, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
});

it('a port that was asked for and is taken is named, and nothing is started', async () => {
  const taken = await takenPort('127.0.0.1');
  const stateDir = mkdtempSync(join(tmpdir(), 'ports-'));
  onTestFinished(() => rmSync(stateDir, { recursive: true }));
  await expect(startCloud({ stateDir, port: taken })).rejects.toThrow(`Port ${taken} is taken`);
});
