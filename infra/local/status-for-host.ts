import { request as httpRequest } from 'node:http';

/** For tests: the status of a GET to this machine that carries another `Host`, which `fetch` lets nobody choose. */
export function statusForHost(url: string, host: string): Promise<number | undefined> {
  const { port, pathname } = new URL(url);
  return new Promise((resolve, reject) => {
    const options = { port, host: '127.0.0.1', path: pathname, headers: { host }, agent: false };
    const request = httpRequest(options, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    request.once('error', reject).end();
  });
}
