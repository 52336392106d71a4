import type { RequestListener, Server } from 'node:http';
import { createServer } from 'vite';
import { appDir } from './app-build.ts';

export interface DevApp {
  readonly listener: RequestListener;
  readonly close: () => Promise<void>;
}

/** Serves the app from its sources; changes reach the page at once, over a socket on the same server. */
export async function startDevApp(server: Server): Promise<DevApp> {
  const vite = await createServer({
    root: appDir,
    server: { middlewareMode: true, hmr: { server } },
    // Vite tells its errors in the page too; its other lines would end up on standard output.
    logLevel: 'error',
    clearScreen: false,
  });
  return { listener: vite.middlewares, close: () => vite.close() };
}
