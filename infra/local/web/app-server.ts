import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Encoding, SiteFile, SiteFiles } from './site-files.ts';

export interface AppServerOptions {
  readonly files: SiteFiles;
  /** Becomes `/config.json`. */
  readonly config: AppConfig;
  /** Answers everything under `/v1/`. */
  readonly api: RequestListener;
  /** On every answer, the API's too. */
  readonly headers: Readonly<Record<string, string>>;
}

/** What the app learns only at run time. Deployed, `api` and `userPoolEndpoint` are absent: same origin, and AWS's own. */
export interface AppConfig {
  /** Origin of the API; empty for the page's own. */
  readonly api: string;
  readonly region: string;
  readonly userPoolId: string;
  readonly userPoolClientId: string;
  readonly userPoolEndpoint: string;
}

/** One address for the app and its API, with the paths and cache rules of the deployed distribution. */
export function createAppServer({ files, config, api, headers }: AppServerOptions): RequestListener {
  const respond = createSiteResponder(files);
  return withSharedPaths({ config, api, headers }, (request, response) => {
    respond(request, response).catch((error: unknown) => {
      console.error('app server:', error);
      if (response.headersSent) response.destroy();
      else sendText(response, 500, 'The app cannot be read.');
    });
  });
}

/** Puts the API and the runtime configuration before whatever serves the app, be it its build or a development server. */
export function withSharedPaths(
  { config, api, headers }: Omit<AppServerOptions, 'files'>,
  serveApp: RequestListener,
): RequestListener {
  const configJson = JSON.stringify(config);
  return (request, response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    const path = pathOf(request);
    if (path.startsWith('/v1/')) return api(request, response);
    if (path !== '/config.json') return serveApp(request, response);
    response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-cache' });
    response.end(request.method === 'HEAD' ? undefined : configJson);
  };
}

type SiteResponder = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

function createSiteResponder(files: SiteFiles): SiteResponder {
  return async (request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('allow', 'GET, HEAD');
      return sendText(response, 405, 'Only GET and HEAD.');
    }
    const path = pathOf(request);
    const file = await files.find(isPage(path) ? '/index.html' : path);
    if (file === undefined) return sendText(response, 404, 'Not found.');
    await sendFile(request, response, file, isHashed(path));
  };
}

/** The app's own addresses are no files and get the app, which shows them. A name with a dot is a file, there or not. */
function isPage(path: string): boolean {
  return !isHashed(path) && !path.slice(path.lastIndexOf('/') + 1).includes('.');
}

/** Their names change with their contents, so what a browser holds is right for ever. */
function isHashed(path: string): boolean {
  return path.startsWith('/assets/');
}

async function sendFile(
  request: IncomingMessage,
  response: ServerResponse,
  file: SiteFile,
  isImmutable: boolean,
): Promise<void> {
  const { encoding, bytes } = await file.body(preferredEncoding(request.headers['accept-encoding']));
  const etag = encoding === 'identity' ? `"${file.hash}"` : `"${file.hash}-${encoding}"`;
  response.setHeader('etag', etag);
  response.setHeader('vary', 'accept-encoding');
  response.setHeader('cache-control', isImmutable ? 'public, max-age=31536000, immutable' : 'no-cache');
  if (request.headers['if-none-match']?.split(/,\s*/).includes(etag)) {
    response.writeHead(304).end();
    return;
  }
  if (encoding !== 'identity') response.setHeader('content-encoding', encoding);
  response.writeHead(200, { 'content-type': file.contentType, 'content-length': bytes.length });
  response.end(request.method === 'HEAD' ? undefined : bytes);
}

function preferredEncoding(accepted: string | undefined): Encoding {
  const names = (accepted ?? '')
    .split(',')
    .map((part) => part.trim().toLowerCase())
    .filter((part) => !/;\s*q=0(\.0*)?$/.test(part))
    .map((part) => part.split(';')[0]);
  if (names.includes('br')) return 'br';
  return names.includes('gzip') ? 'gzip' : 'identity';
}

function sendText(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' });
  response.end(`${text}\n`);
}

function pathOf(request: IncomingMessage): string {
  return (request.url ?? '/').split('?')[0] ?? '/';
}
