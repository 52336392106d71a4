import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isPortFree } from './dynamodb/free-port.ts';
import { StartError } from './start-error.ts';

/** Further than this a free port is not looked for. */
const portsTriedMax = 100;

/**
 * Starts something on the first free port from `first` on; 0 leaves the choice to the system.
 * A port counts as taken when anything listens there on any address: `localhost` may lead a browser to either.
 */
export async function onFreePort<T>(first: number, start: (port: number) => Promise<T>): Promise<T> {
  if (first === 0) return start(0);
  for (let port = first; port < Math.min(first + portsTriedMax, 65_536); port += 1) {
    if (!(await isPortFree(port))) continue;
    try {
      return await start(port);
    } catch (error) {
      if (!isPortTaken(error)) throw error;
    }
  }
  throw new StartError(`Every port from ${first} to ${first + portsTriedMax} is taken.`);
}

export interface RunningServer {
  readonly server: Server;
  readonly port: number;
  readonly close: () => Promise<void>;
}

/** Reachable from this machine only. Who starts it adds the `request` listener, by `forLocalHosts`. */
export function startServer(port: number): Promise<RunningServer> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve({ server, port: (server.address() as AddressInfo).port, close: () => closeServer(server) });
    });
  });
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

function isPortTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'EADDRINUSE' || error.code === 'EACCES');
}
