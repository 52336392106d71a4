import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type PageServer = {
  readonly pageUrl: (name: string) => string;
  readonly close: () => Promise<void>;
};

/** `/name` is a page that runs the script of that name and no more, `/name.js` the script itself. */
export const servePage = (scripts: Readonly<Record<string, string>>, path: string, response: ServerResponse): void => {
  const [, name = '', extension] = /^\/([a-z-]+)(\.js)?$/.exec(path) ?? [];
  const script = scripts[name];
  if (script === undefined) return void response.writeHead(404).end();
  response.setHeader('content-type', extension === undefined ? 'text/html' : 'text/javascript');
  response.end(extension === undefined ? `<!doctype html><script type="module" src="/${name}.js"></script>` : script);
};

/** Pages without a server behind them. */
export const startPageServer = async (scripts: Readonly<Record<string, string>>): Promise<PageServer> => {
  const server = createServer((request, response) => servePage(scripts, request.url ?? '/', response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    pageUrl: (name) => `http://127.0.0.1:${port}/${name}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
