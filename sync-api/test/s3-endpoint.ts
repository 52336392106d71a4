import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

/** What a bucket held under a name, as it was sent. */
export type StoredObject = { readonly bytes: Buffer; readonly headers: IncomingMessage['headers'] };

export type S3Endpoint = {
  readonly url: string;
  /** By bucket and key, with a slash between. */
  readonly objects: ReadonlyMap<string, StoredObject>;
  /** Every request: method and path, without its query. */
  readonly requests: readonly string[];
  /** The next request of that method is answered with this status and error code, or with a broken connection. */
  failNext(method: string, failure: { readonly status: number; readonly code: string } | 'hangUp'): void;
  close(): Promise<void>;
};

type Failure = Parameters<S3Endpoint['failNext']>[1];

/** Few, so that listings have pages. */
const keysPerPage = 7;

/** The four calls of S3's REST API that the adapters make, path-style, on a free port of the loopback address. */
export const startS3Endpoint = async (): Promise<S3Endpoint> => {
  const objects = new Map<string, StoredObject>();
  const requests: string[] = [];
  const failures = new Map<string, Failure[]>();
  const server = createServer((request, response) => {
    const { method = '' } = request;
    const url = new URL(request.url ?? '', 'http://localhost');
    requests.push(`${method} ${url.pathname}`);
    const failure = failures.get(method)?.shift();
    if (failure === 'hangUp') request.socket.destroy();
    else if (failure) answerError(response, failure.status, failure.code);
    else void answer(objects, request, url, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: urlOf(server),
    objects,
    requests,
    failNext: (method, failure) => failures.set(method, [...(failures.get(method) ?? []), failure]),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};

const urlOf = (server: Server): string => {
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the endpoint has no port');
  return `http://127.0.0.1:${address.port}`;
};

const answer = async (
  objects: Map<string, StoredObject>,
  request: IncomingMessage,
  url: URL,
  response: ServerResponse,
): Promise<void> => {
  const name = decodeURIComponent(url.pathname.slice(1));
  const body = await bodyOf(request);
  if (request.method === 'PUT') {
    objects.set(name, { bytes: body, headers: request.headers });
    response.end();
  } else if (request.method === 'GET' && url.searchParams.get('list-type') === '2') {
    answerXml(response, listing([...objects.keys()], name.replace(/\/$/, ''), url.searchParams));
  } else if (request.method === 'GET') {
    const found = objects.get(name);
    if (found) response.end(found.bytes);
    else answerError(response, 404, 'NoSuchKey');
  } else if (request.method === 'POST' && url.searchParams.has('delete')) {
    const keys = [...body.toString().matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, key]) => key ?? '');
    for (const key of keys) objects.delete(`${name.replace(/\/$/, '')}/${key}`);
    answerXml(response, '<DeleteResult></DeleteResult>');
  } else answerError(response, 501, 'NotImplemented');
};

const bodyOf = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
};

const listing = (names: readonly string[], bucket: string, query: URLSearchParams): string => {
  const after = query.get('continuation-token') ?? '';
  const keys = names
    .filter((name) => name.startsWith(`${bucket}/`))
    .map((name) => name.slice(bucket.length + 1))
    .filter((key) => key.startsWith(query.get('prefix') ?? '') && key > after)
    .sort();
  const page = keys.slice(0, keysPerPage);
  const more = keys.length > page.length ? `<NextContinuationToken>${page.at(-1)}</NextContinuationToken>` : '';
  const contents = page.map((key) => `<Contents><Key>${key}</Key></Contents>`).join('');
  return `<ListBucketResult><IsTruncated>${more !== ''}</IsTruncated>${more}${contents}</ListBucketResult>`;
};

const answerXml = (response: ServerResponse, xml: string): void => {
  response.setHeader('content-type', 'application/xml');
  response.end(`<?xml version="1.0" encoding="UTF-8"?>${xml}`);
};

const answerError = (response: ServerResponse, status: number, code: string): void => {
  response.statusCode = status;
  answerXml(response, `<Error><Code>${code}</Code><Message>injected</Message></Error>`);
};
