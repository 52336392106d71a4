import type { BrowserContext, Request } from 'playwright-core';

/** Requests to the sync endpoint and the bytes of their bodies as they went over the wire, compressed. */
export type TrafficFacts = { readonly requests: number; readonly bytesUp: number; readonly bytesDown: number };

const isSync = (request: Request): boolean =>
  request.method() === 'POST' && new URL(request.url()).pathname === '/v1/sync';

export class SyncTraffic {
  private readonly sizes: Promise<TrafficFacts>[] = [];
  private readonly pushListeners = new Set<(request: Request) => void>();
  private last: Request | undefined;

  /** Counts what the browser does from here on; may watch one browser after the other. */
  watch(context: BrowserContext): void {
    context.on('request', (request) => {
      if (!isSync(request)) return;
      this.last = request;
      for (const listener of this.pushListeners) listener(request);
    });
    context.on('requestfinished', (request) => {
      if (isSync(request)) this.sizes.push(sizesOf(request));
    });
    context.on('requestfailed', (request) => {
      if (isSync(request)) this.sizes.push(Promise.resolve({ requests: 1, bytesUp: 0, bytesDown: 0 }));
    });
  }

  /** Calls back when a request to the sync endpoint leaves the page; returns how to stop. */
  onRequest(listener: (request: Request) => void): () => void {
    this.pushListeners.add(listener);
    return () => this.pushListeners.delete(listener);
  }

  /** The newest request, done or not. */
  latest(): Request | undefined {
    return this.last;
  }

  async total(): Promise<TrafficFacts> {
    const all = await Promise.all(this.sizes);
    return all.reduce(addTraffic, { requests: 0, bytesUp: 0, bytesDown: 0 });
  }
}

export const addTraffic = (a: TrafficFacts, b: TrafficFacts): TrafficFacts => ({
  requests: a.requests + b.requests,
  bytesUp: a.bytesUp + b.bytesUp,
  bytesDown: a.bytesDown + b.bytesDown,
});

const sizesOf = async (request: Request): Promise<TrafficFacts> => {
  try {
    const { requestBodySize, responseBodySize } = await request.sizes();
    return { requests: 1, bytesUp: requestBodySize, bytesDown: responseBodySize };
  } catch {
    // The browser was closed or killed before it could tell.
    return { requests: 1, bytesUp: 0, bytesDown: 0 };
  }
};
