import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Entry } from '@fintrack/advisor-core';
import { build } from 'esbuild';
import type { EngineTab } from './engine.ts';

export type NamedLedger = { readonly name: string; readonly asOf: string; readonly entries: readonly Entry[] };

export type AdvicePage = {
  readonly url: string;
  readonly close: () => Promise<void>;
};

/** A page that advises, on the golden ledgers and on those given, and does nothing else. */
export const startAdvicePage = async (ledgers: readonly NamedLedger[] = []): Promise<AdvicePage> => {
  const script = await bundle();
  const server = createServer((request, response) => {
    const [, index] = /^\/ledgers\/(\d+)$/.exec(request.url ?? '') ?? [];
    const isScript = request.url === '/page.js';
    response.setHeader('content-type', index ? 'application/json' : isScript ? 'text/javascript' : 'text/html');
    if (index) response.end(JSON.stringify(ledgers[Number(index)]));
    else response.end(isScript ? script : '<!doctype html><script type="module" src="/page.js"></script>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};

/** Of what the page's engine says of the golden ledgers. */
export const goldenHashIn = async (tab: EngineTab): Promise<string> => sha256(await tab.read<string>('goldenText()'));

/** Of what it says of the ledger at that place of those given. */
export const adviceHashIn = async (tab: EngineTab, index: number): Promise<string> =>
  sha256(await tab.read<string>(`fetch('/ledgers/${index}').then((got) => got.json()).then(adviceText)`));

/** In hexadecimal; of ASCII text, whose characters are its bytes. */
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const pageScript = `
  import { adviceToJson, advise } from '@fintrack/advisor-core';
  import { goldenText } from '@fintrack/advisor-core/testing';
  Object.assign(globalThis, { goldenText, adviceText: (input) => adviceToJson(advise(input)) });
`;

const bundle = async (): Promise<string> => {
  const resolveDir = fileURLToPath(new URL('.', import.meta.url));
  const { outputFiles } = await build({
    stdin: { contents: pageScript, resolveDir },
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
  });
  return outputFiles[0]?.text ?? '';
};
