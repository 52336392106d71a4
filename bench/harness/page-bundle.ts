import { fileURLToPath } from 'node:url';
import { build } from 'vite';

export type PageName = 'product' | 'floor';

/** The script of one of the bench's pages that need the cloud, built as the app is. */
export const bundlePage = (name: PageName): Promise<string> => bundleScript(`bench/pages/${name}-page.ts`);

/** A file, named from the repository's root, and all that it imports as one script, built as the app is. */
export const bundleScript = async (path: string): Promise<string> => {
  const input = fileURLToPath(new URL(`../../${path}`, import.meta.url));
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    root: fileURLToPath(new URL('..', import.meta.url)),
    resolve: { alias: [{ find: /^dexie$/, replacement: 'dexie/dist/modern/dexie.mjs' }] },
    build: {
      write: false,
      target: 'es2022',
      modulePreload: false,
      rolldownOptions: { input, output: { codeSplitting: false } },
    },
  });
  const outputs = 'output' in built ? built.output : [];
  const [chunk] = outputs;
  if (chunk?.type !== 'chunk') throw new Error(`${path} was not built`);
  return chunk.code;
};
