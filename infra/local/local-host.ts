import type { RequestListener } from 'node:http';

const localName = String.raw`(([a-z0-9-]+\.)*localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?`;
const localHostPattern = new RegExp(`^${localName}$`, 'i');
const localOriginPattern = new RegExp(`^https?://${localName}$`);

/** Whether a `Host` header, with or without a port, names this machine in a way that no name server can decide. */
export function isLocalHost(host: string): boolean {
  return localHostPattern.test(host);
}

/** Whether an `Origin` header names a page of this machine. */
export function isLocalOrigin(origin: string): boolean {
  return localOriginPattern.test(origin);
}

/**
 * Refuses (421, RFC 9110 15.5.20) what was sent to another host name. A page elsewhere may let its own name point here
 * (DNS rebinding); for the browser both are then one origin, which could read everything, codes in the mailbox too.
 */
export function forLocalHosts(listener: RequestListener): RequestListener {
  return (request, response) => {
    if (isLocalHost(request.headers.host ?? '')) return listener(request, response);
    response.writeHead(421, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' });
    response.end('Ask for localhost: other host names are not answered here.\n');
  };
}
