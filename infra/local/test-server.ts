import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

export const bodyOf = async (incoming: IncomingMessage): Promise<Buffer> => {
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(part as Buffer);
  return Buffer.concat(parts);
};

/** Answers every request with the text that `handle` makes of it. */
export const answering =
  (handle: (incoming: IncomingMessage) => Promise<string>): RequestListener =>
  (incoming, outgoing) =>
    void handle(incoming).then((text) => outgoing.end(text));

/** Runs with the address of a server on this machine, which ends with it. */
export const served = async <T>(listener: RequestListener, run: (apiUrl: string) => Promise<T>): Promise<T> => {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    return await run(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
};
