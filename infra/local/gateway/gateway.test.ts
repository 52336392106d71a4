import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { authorization, get, issuer, post, rawRequest, serve } from './test-gateway.ts';

const megabyte = 1024 * 1024;

describe('the event', () => {
  it('has the shape of payload format 2.0', async () => {
    const { url, events } = await serve();
    await rawRequest(`${url}/v1/sync?b=1&a=x%20y&b=2&empty=`, {
      method: 'POST',
      body: '{"a":"ä"}',
      headers: [
        ['Authorization', authorization],
        ['Content-Type', 'application/json'],
        ['User-Agent', 'test'],
        ['X-Twice', 'one'],
        ['x-twice', 'two'],
        ['Cookie', 'a=1; b=2'],
      ],
    });
    const { host } = new URL(url);
    const [event] = events;
    expect(event).toEqual({
      version: '2.0',
      routeKey: 'POST /v1/sync',
      rawPath: '/v1/sync',
      rawQueryString: 'b=1&a=x%20y&b=2&empty=',
      cookies: ['a=1', 'b=2'],
      headers: {
        authorization,
        connection: 'close',
        'content-length': '10',
        'content-type': 'application/json',
        host,
        'user-agent': 'test',
        'x-forwarded-for': '127.0.0.1',
        'x-forwarded-port': host.split(':')[1],
        'x-forwarded-proto': 'http',
        'x-twice': 'one,two',
      },
      queryStringParameters: { a: 'x y', b: '1,2', empty: '' },
      requestContext: {
        accountId: '000000000000',
        apiId: 'local',
        authorizer: {
          jwt: {
            claims: {
              sub: 'user-1',
              iss: issuer.issuer,
              client_id: issuer.clientId,
              token_use: 'access',
              iat: expect.stringMatching(/^\d{10}$/),
              exp: expect.stringMatching(/^\d{10}$/),
            },
            scopes: null,
          },
        },
        domainName: host,
        domainPrefix: 'local',
        http: { method: 'POST', path: '/v1/sync', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'test' },
        requestId: expect.stringMatching(/^[\w-]{15}=$/),
        routeKey: 'POST /v1/sync',
        stage: '$default',
        time: expect.stringMatching(/^\d{2}\/[A-Z][a-z]{2}\/\d{4}:\d{2}:\d{2}:\d{2} \+0000$/),
        timeEpoch: expect.any(Number),
      },
      body: '{"a":"ä"}',
      isBase64Encoded: false,
    });
  });

  it('leaves out what a bare request has not: body, cookies, query', async () => {
    const { url, events } = await serve();
    await get(url);
    expect(Object.keys(events[0] ?? {})).toEqual([
      'version',
      'routeKey',
      'rawPath',
      'rawQueryString',
      'headers',
      'requestContext',
      'isBase64Encoded',
    ]);
  });

  it('carries a compressed body as base64, still compressed', async () => {
    const { url, events } = await serve();
    const compressed = new Uint8Array(gzipSync('{"changes":[]}'));
    await post(url, compressed, { 'content-encoding': 'gzip' });
    expect(events[0]).toMatchObject({ isBase64Encoded: true, body: Buffer.from(compressed).toString('base64') });
  });

  it('carries a body of a binary type as base64', async () => {
    const { url, events } = await serve();
    await post(url, new Uint8Array([0, 255]), { 'content-type': 'application/octet-stream' });
    expect(events[0]).toMatchObject({ isBase64Encoded: true, body: 'AP8=' });
  });
});

describe('a request is answered before any function runs', () => {
  it.each([
    ['another path', 'GET', '/v1/other'],
    ['another method', 'GET', '/v1/sync'],
    ['a path below a route', 'GET', '/v1/advice/more'],
    ['a name every object has', 'GET', '/constructor'],
  ])('404 for %s', async (_, method, path) => {
    const { url, events } = await serve();
    const response = await fetch(url + path, { method, headers: { authorization } });
    expect([response.status, await response.json()]).toEqual([404, { message: 'Not Found' }]);
    expect(events).toEqual([]);
  });

  it('401 without a token', async () => {
    const { url, events } = await serve();
    const response = await fetch(`${url}/v1/advice`);
    expect([response.status, await response.json()]).toEqual([401, { message: 'Unauthorized' }]);
    expect(response.headers.get('www-authenticate')).toBe('Bearer');
    expect(events).toEqual([]);
  });

  it('401 with a bad token, and says why only in the header', async () => {
    const { url, events } = await serve();
    const response = await get(url, '/v1/advice', { authorization: `Bearer ${issuer.token({ exp: 1 })}` });
    expect([response.status, await response.json()]).toEqual([401, { message: 'Unauthorized' }]);
    expect(response.headers.get('www-authenticate')).toContain('error_description="the token has expired"');
    expect(events).toEqual([]);
  });

  it('413 for more than the service takes', async () => {
    const { url, events } = await serve({ limits: { requestSizeBytesMax: 1000 } });
    const response = await post(url, 'x'.repeat(1001));
    expect([response.status, await response.json()]).toEqual([413, { message: 'Request Entity Too Large' }]);
    expect(events).toEqual([]);
  });

  it('413 for an event over 6 MB, which a compressed body reaches at 4.5', async () => {
    const { url, events } = await serve();
    const response = await post(url, new Uint8Array(4.6 * megabyte), { 'content-encoding': 'gzip' });
    expect([response.status, await response.json()]).toEqual([413, { message: 'Request Entity Too Large' }]);
    expect(events).toEqual([]);
  });

  it('lets 5 MB of text through', async () => {
    const { url, events } = await serve();
    expect((await post(url, 'x'.repeat(5 * megabyte))).status).toBe(204);
    expect(events[0]?.body).toHaveLength(5 * megabyte);
  });
});

describe('what a function returns', () => {
  it('becomes the answer, with headers and cookies', async () => {
    const { url } = await serve({
      answer: () => ({ statusCode: 418, headers: { 'X-Count': 3 }, cookies: ['a=1', 'b=2; Path=/'], body: 'tea' }),
    });
    const response = await get(url);
    expect([response.status, await response.text()]).toEqual([418, 'tea']);
    expect(response.headers.get('x-count')).toBe('3');
    expect(response.headers.get('content-type')).toBe('text/plain;charset=UTF-8');
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2; Path=/']);
    expect(response.headers.get('apigw-requestid')).toMatch(/=$/);
  });

  it('is decoded from base64', async () => {
    const body = gzipSync('[1]').toString('base64');
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
    const { url } = await serve({ answer: () => ({ statusCode: 200, headers, body, isBase64Encoded: true }) });
    expect(await (await get(url)).json()).toEqual([1]);
  });

  it.each([
    ['an object', { a: 1 }, '{"a":1}'],
    ['a text', 'plain', 'plain'],
    ['nothing', undefined, 'null'],
  ])('is the body of a success where it has no statusCode: %s', async (_, returned, body) => {
    const { url } = await serve({ answer: () => returned });
    const response = await get(url);
    expect([response.status, await response.text()]).toEqual([200, body]);
    expect(response.headers.get('content-type')).toBe('application/json');
  });

  it.each([
    ['a status that is none', () => ({ statusCode: 'fine' })],
    ['a body that is no text', () => ({ statusCode: 200, body: { a: 1 } })],
    ['a header that would break the answer', () => ({ statusCode: 200, headers: { a: 'b\nc: d' } })],
    ['a header without a name', () => ({ statusCode: 200, headers: { '': 'b' } })],
    ['a cookie of two lines', () => ({ statusCode: 200, cookies: ['a=1\r\nb: c'] })],
    ['more than 6 MB', () => ({ statusCode: 200, body: 'x'.repeat(6 * megabyte) })],
    ['an error', () => Promise.reject(new Error('secret detail'))],
  ])('becomes a 500 that says nothing of the inside: %s', async (_, answer) => {
    const { url } = await serve({ answer });
    const response = await get(url);
    expect([response.status, await response.json()]).toEqual([500, { message: 'Internal Server Error' }]);
  });
});

describe('time', () => {
  it('503 when the gateway stops waiting', async () => {
    const { url } = await serve({ answer: () => new Promise(() => undefined), limits: { integrationTimeoutMs: 20 } });
    const response = await get(url);
    expect([response.status, await response.json()]).toEqual([503, { message: 'Service Unavailable' }]);
  });

  it('500 when the function reaches its own limit first', async () => {
    const { url } = await serve({ answer: () => new Promise(() => undefined), timeoutMs: 20 });
    expect((await get(url)).status).toBe(500);
  });
});

it('logs what happened, without query or body', async () => {
  const { url, log } = await serve({ answer: () => ({ statusCode: 200, body: 'secret answer' }) });
  await get(url, '/v1/advice?month=secret');
  await fetch(`${url}/v1/advice`);
  expect(log).toEqual([
    {
      requestId: expect.any(String),
      requestTime: expect.any(String),
      routeKey: 'GET /v1/advice',
      status: 200,
      responseLengthBytes: 13,
      responseLatencyMs: expect.any(Number),
    },
    expect.objectContaining({ status: 401, authorizerError: 'no token' }),
  ]);
  expect(JSON.stringify(log)).not.toContain('secret');
});
