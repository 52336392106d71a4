import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { appBuildDir } from '../../../infra/local/app-build.ts';
import { type AppConfig, createAppServer } from '../../../infra/local/web/app-server.ts';
import { openSiteFiles } from '../../../infra/local/web/site-files.ts';
import type { TestCloud } from './test-cloud.ts';

/** What becomes of one request to the API. */
export type Fate =
  | 'arrives'
  /** The connection breaks before the server hears of it. */
  | 'isLost'
  /** The server does what was asked, and the connection breaks before its answer. */
  | 'answerIsLost'
  /** The server does what was asked, and its answer never comes. */
  | 'answerHangs'
  /** Nobody answers, and nobody hangs up. */
  | 'hangs'
  /** Somebody else answers. */
  | { readonly status: number; readonly contentType: string; readonly body: string };

export type RoadOptions = {
  /** Serves this folder as the app, instead of the build. */
  readonly siteDir?: string;
};

/** The way between a device and a cloud, on which a story decides what arrives. The app comes from its near end. */
export class Road {
  /** Asked for each request to `/v1/sync`, from 1 on. */
  fate: (request: number) => Fate = () => 'arrives';
  /** Requests to `/v1/sync` so far. */
  requests = 0;
  private readonly server: Server;
  private closedPort = 0;
  private readonly hanging = new Set<ServerResponse>();

  private constructor(server: Server) {
    this.server = server;
  }

  static async open(cloud: TestCloud, { siteDir = appBuildDir }: RoadOptions = {}): Promise<Road> {
    const near = await fetch(cloud.addresses.app);
    const config = (await (await fetch(`${cloud.addresses.app}/config.json`)).json()) as AppConfig;
    const policy = near.headers.get('content-security-policy');
    const server = createServer();
    const road = new Road(server);
    server.on(
      'request',
      createAppServer({
        files: openSiteFiles(siteDir),
        config: { ...config, api: '' },
        api: (request, response) => road.carry(cloud, request, response),
        headers: policy === null ? {} : { 'content-security-policy': policy },
      }),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return road;
  }

  get url(): string {
    const address = this.server.address();
    return `http://localhost:${address === null ? this.closedPort : (address as AddressInfo).port}`;
  }

  /** Nobody answers at all any more, as where there is no network, until it is opened again. */
  async shut(): Promise<void> {
    this.closedPort = (this.server.address() as AddressInfo).port;
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  async reopen(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(this.closedPort, '127.0.0.1', resolve));
  }

  /** Breaks what hangs. */
  hangUp(): void {
    for (const response of this.hanging) response.destroy();
    this.hanging.clear();
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private carry(cloud: TestCloud, request: IncomingMessage, response: ServerResponse): void {
    const fate = request.url === '/v1/sync' ? this.fate((this.requests += 1)) : 'arrives';
    if (fate === 'arrives') return forward(cloud, request, response);
    if (fate === 'answerIsLost') return forward(cloud, request, response, () => response.destroy());
    if (fate === 'answerHangs') return forward(cloud, request, response, () => this.hanging.add(response));
    request.resume();
    if (fate === 'isLost') response.destroy();
    else if (fate === 'hangs') this.hanging.add(response);
    else response.writeHead(fate.status, { 'content-type': fate.contentType }).end(fate.body);
  }
}

const forward = (
  cloud: TestCloud,
  request: IncomingMessage,
  response: ServerResponse,
  insteadOfAnswer?: () => unknown,
): void => {
  const { host: _, ...headers } = request.headers;
  const further = httpRequest(
    `${cloud.addresses.api}${request.url}`,
    { method: request.method, headers, agent: false },
    (answer) => {
      if (insteadOfAnswer) answer.resume().once('end', insteadOfAnswer);
      else answer.pipe(response.writeHead(answer.statusCode ?? 502, answer.headers));
    },
  );
  further.once('error', () => response.destroy());
  request.pipe(further);
};
