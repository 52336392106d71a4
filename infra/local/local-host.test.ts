import { expect, it, onTestFinished } from 'vitest';
import { startTestPool } from './cognito/test-pool.ts';
import { forLocalHosts, isLocalHost, isLocalOrigin } from './local-host.ts';
import { startServer } from './ports.ts';
import { statusForHost } from './status-for-host.ts';

const localHosts = ['localhost', 'LOCALHOST:4600', '127.0.0.1:1', '[::1]:4600', 'app.localhost:3000'];
const foreignHosts = [
  '',
  'example.com',
  'example.com:4600',
  'localhost.example.com',
  '127.0.0.1.example.com',
  'notlocalhost',
  '10.0.0.1',
  '[::2]',
  'localhost:4600@example.com',
  'localhost\n.example.com',
];

it.each(localHosts)('%s is this machine', (host) => {
  expect(isLocalHost(host)).toBe(true);
});

it.each(foreignHosts)('"%s" is another host, or none', (host) => {
  expect(isLocalHost(host)).toBe(false);
});

it('only origins of this machine count as local', () => {
  for (const origin of ['http://localhost', 'https://127.0.0.1:8443', 'http://[::1]:1', 'http://app.localhost:3000']) {
    expect(isLocalOrigin(origin)).toBe(true);
  }
  for (const origin of ['null', 'http://localhost.example.com', 'http://127.0.0.1.example.com', 'file://localhost']) {
    expect(isLocalOrigin(origin)).toBe(false);
  }
});

it('a request for another host name never reaches the listener', async () => {
  const { server, port, close } = await startServer(0);
  onTestFinished(close);
  const reached: unknown[] = [];
  server.on(
    'request',
    forLocalHosts((request, response) => {
      reached.push(request.headers.host);
      response.end();
    }),
  );
  const url = `http://localhost:${port}`;
  expect(await statusForHost(url, 'rebound.example.com')).toBe(421);
  expect(await statusForHost(url, `localhost:${port}`)).toBe(200);
  expect(reached).toEqual([`localhost:${port}`]);
});

it('the user pool answers this machine’s names only', async () => {
  await using pool = await startTestPool();
  const url = `${pool.cognito.url}/${pool.cognito.userPoolId}/.well-known/jwks.json`;
  expect(await statusForHost(url, 'rebound.example.com')).toBe(421);
  expect(await statusForHost(url, 'localhost')).toBe(200);
});
