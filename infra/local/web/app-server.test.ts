import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request as httpRequest, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAppServer } from './app-server.ts';
import { localSecurityHeaders } from './security-headers.ts';
import { openSiteFiles } from './site-files.ts';

const cognitoUrl = 'http://localhost:4601';
const script = `export const words = '${'word '.repeat(500)}';`;
const config = {
  api: '',
  region: 'eu-west-1',
  userPoolId: 'pool',
  userPoolClientId: 'client',
  userPoolEndpoint: cognitoUrl,
};

const dir = mkdtempSync(join(tmpdir(), 'site-'));
const server = createServer(
  createAppServer({
    files: openSiteFiles(dir),
    config,
    api: (request, response) => void response.end(`api ${request.url}`),
    headers: localSecurityHeaders(cognitoUrl),
  }),
);

beforeAll(async () => {
  for (const folder of ['assets', '.vite']) mkdirSync(join(dir, folder));
  writeFileSync(join(dir, 'index.html'), '<!doctype html><title>app</title>');
  writeFileSync(join(dir, 'service-worker.js'), 'self.skipWaiting;');
  writeFileSync(join(dir, 'manifest.webmanifest'), '{}');
  writeFileSync(join(dir, 'assets/main-abc123.js'), script);
  writeFileSync(join(dir, 'assets/icon.png'), Buffer.alloc(5000));
  writeFileSync(join(dir, '.vite/manifest.json'), '{}');
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterAll(() => {
  server.close();
  server.closeAllConnections();
  rmSync(dir, { recursive: true });
});

describe('paths', () => {
  it.each(['/', '/add', '/budgets/2026-02', '/expenses?q=a.b', '/%E2%82%AC', '/assets'])(
    '%s is the app',
    async (path) => {
      const { status, body, headers } = await get(path);
      expect([status, headers['content-type'], body.toString()]).toEqual([
        200,
        'text/html; charset=utf-8',
        '<!doctype html><title>app</title>',
      ]);
    },
  );

  it.each(['/missing.js', '/assets/missing', '/assets/main-old.js', '/.vite/manifest.json', '/%zz.js'])(
    '%s is missing, which no page hides',
    async (path) => {
      expect((await get(path)).status).toBe(404);
    },
  );

  it.each(['/../package.json', '/..%2f..%2fetc%2fhosts.txt', '/assets/%2e%2e/%2e%2e/a.js', '/a%00.js', '/..\\a.js'])(
    '%s does not leave the folder',
    async (path) => {
      expect((await get(path)).status).toBe(404);
    },
  );

  it('/v1/ is the API', async () => {
    expect((await get('/v1/advice?a=1')).body.toString()).toBe('api /v1/advice?a=1');
  });

  it('/config.json tells the app its surroundings', async () => {
    const { headers, body } = await get('/config.json');
    expect(JSON.parse(body.toString())).toEqual(config);
    expect(headers['cache-control']).toBe('no-cache');
  });

  it('only GET and HEAD are known outside the API', async () => {
    expect((await get('/', {}, 'POST')).status).toBe(405);
    const head = await get('/', {}, 'HEAD');
    expect([head.status, head.body.length, head.headers['content-length']]).toEqual([200, 0, '33']);
  });
});

describe('caching', () => {
  it('files whose name carries a hash are kept for ever', async () => {
    expect((await get('/assets/main-abc123.js')).headers['cache-control']).toBe('public, max-age=31536000, immutable');
  });

  it.each(['/', '/service-worker.js', '/manifest.webmanifest'])('%s is asked for each time', async (path) => {
    expect((await get(path)).headers['cache-control']).toBe('no-cache');
  });

  it('an unchanged file is not sent again, in each of its encodings', async () => {
    const path = '/assets/main-abc123.js';
    const plain = await get(path);
    const compressed = await get(path, { 'accept-encoding': 'br' });
    expect(plain.headers.etag).not.toBe(compressed.headers.etag);
    const again = await get(path, { 'accept-encoding': 'br', 'if-none-match': `"x", ${compressed.headers.etag}` });
    expect([again.status, again.body.length]).toEqual([304, 0]);
    expect((await get(path, { 'if-none-match': compressed.headers.etag ?? '' })).status).toBe(200);
  });

  it('a changed file is sent anew', async () => {
    const path = '/changing.txt';
    writeFileSync(join(dir, path), 'one');
    const before = await get(path);
    writeFileSync(join(dir, path), 'twice');
    const after = await get(path, { 'if-none-match': before.headers.etag ?? '' });
    expect([after.status, after.body.toString()]).toEqual([200, 'twice']);
  });
});

describe('compression', () => {
  const path = '/assets/main-abc123.js';

  it('is brotli where the browser takes it, else gzip', async () => {
    const brotli = await get(path, { 'accept-encoding': 'gzip, deflate, br, zstd' });
    expect(brotli.headers['content-encoding']).toBe('br');
    expect(brotliDecompressSync(brotli.body).toString()).toBe(script);
    const gzip = await get(path, { 'accept-encoding': 'gzip, br;q=0' });
    expect(gzip.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(gzip.body).toString()).toBe(script);
  });

  it.each(['/assets/icon.png', '/service-worker.js'])('%s would gain nothing', async (small) => {
    expect((await get(small, { 'accept-encoding': 'br' })).headers['content-encoding']).toBeUndefined();
  });
});

it('every answer carries the security headers, and the page may talk to itself and Cognito alone', async () => {
  for (const path of ['/', '/missing.js', '/v1/advice', '/config.json']) {
    const { headers } = await get(path);
    expect(headers['content-security-policy']).toContain(`connect-src 'self' ${cognitoUrl};`);
    expect(headers['content-security-policy']).not.toContain('amazonaws');
    expect(headers['x-content-type-options']).toBe('nosniff');
  }
});

interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/** Neither decodes bodies nor tidies paths, as `fetch` does. */
function get(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  const { port } = server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    const request = httpRequest({ port, host: '127.0.0.1', path, method, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) }),
      );
    });
    request.once('error', reject).end();
  });
}
