import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { createGateway } from '../../infra/local/gateway/gateway.ts';
import { createJwtAuthorizer } from '../../infra/local/gateway/jwt-authorizer.ts';
import type { BenchCloud } from './bench-cloud.ts';
import { bundlePage, type PageName } from './page-bundle.ts';
import { servePage } from './page-server.ts';

/** Bodies as they went over the wire, compressed, of what the product and the floor alike send to `/v1/` and `/floor/`. */
export type Traffic = { readonly requests: number; readonly bytesUp: number; readonly bytesDown: number };

export type BenchServer = {
  readonly pageUrl: (name: PageName) => string;
  /** An access token of that account, good for a day. */
  readonly token: (space: string) => string;
  /** What went over the wire since the last call. */
  readonly takeTraffic: () => Traffic;
  /** What the floor pulls: gzipped JSON. */
  readonly setFloorRecords: (gzipped: Uint8Array) => void;
  readonly close: () => Promise<void>;
};

const tokenSeconds = 86_400;
const noTraffic: Traffic = { requests: 0, bytesUp: 0, bytesDown: 0 };

/** The deployed sync function behind the local gateway, the pages, and the floor's own endpoint, at one address. */
export const startBenchServer = async (cloud: BenchCloud): Promise<BenchServer> => {
  const scripts = { product: await bundlePage('product'), floor: await bundlePage('floor') };
  const floor = createFloor();
  const api = createApi(cloud);
  let traffic = noTraffic;
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    if (!/^\/(v1|floor)\//.test(path)) return servePage(scripts, path, response);
    // With one header set before, Node keeps those of `writeHead` where they can be read.
    response.setHeader('x-content-type-options', 'nosniff');
    response.once('finish', () => (traffic = withRequest(traffic, request, response)));
    return path.startsWith('/v1/') ? api(request, response) : floor.serve(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    pageUrl: (name) => `${origin}/${name}`,
    token: (sub) => cloud.issuer.token({ sub, exp: Math.floor(Date.now() / 1000) + tokenSeconds }),
    takeTraffic: () => {
      const taken = traffic;
      traffic = noTraffic;
      return taken;
    },
    setFloorRecords: (gzipped) => void (floor.records = Buffer.from(gzipped)),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};

const withRequest = (traffic: Traffic, request: IncomingMessage, response: ServerResponse): Traffic => ({
  requests: traffic.requests + 1,
  bytesUp: traffic.bytesUp + Number(request.headers['content-length'] ?? 0),
  bytesDown: traffic.bytesDown + Number(response.getHeader('content-length') ?? 0),
});

const createApi = ({ sync, history, issuer: { issuer, clientId, jwks } }: BenchCloud): RequestListener =>
  createGateway({
    routes: { 'POST /v1/sync': sync, 'POST /v1/snapshot': history },
    authorize: createJwtAuthorizer({ issuer, clientId, loadJwks: async () => jwks }),
  });

/** `POST /floor/records` takes gzipped JSON and opens it as a server must; `GET` gives it back as it is. */
const createFloor = () => {
  const floor = {
    records: Buffer.alloc(0),
    serve: ((request, response) => {
      if (request.method === 'GET') {
        response.writeHead(200, {
          'content-type': 'application/json',
          'content-encoding': 'gzip',
          'content-length': floor.records.byteLength,
        });
        return void response.end(floor.records);
      }
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        JSON.parse(gunzipSync(Buffer.concat(chunks)).toString());
        response.writeHead(204, { 'content-length': 0 }).end();
      });
    }) satisfies RequestListener as RequestListener,
  };
  return floor;
};
