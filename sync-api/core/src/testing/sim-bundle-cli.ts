import { readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build as bundle, type Plugin } from 'esbuild';

/** One exact text of a file of the core, and what stands there instead. */
export type Patch = { readonly file: string; readonly text: string; readonly instead: string };

const here = dirname(fileURLToPath(import.meta.url));
const sourceFolder = resolve(here, '..');

/**
 * Remembers what was hashed: a world folds each change on every device. Same results; the tests run without it. And
 * a vector so small that worlds have replicas that leave it (S6).
 */
const worldPatches: readonly Patch[] = [
  {
    file: 'protocol/hash.ts',
    text: 'export const hashText = (text: string): string =>',
    instead: `const hashed = new Map<string, string>();
export const hashText = (text: string): string => {
  const known = hashed.get(text);
  if (known !== undefined) return known;
  if (hashed.size > 50_000) hashed.clear();
  const hash = hashNow(text);
  hashed.set(text, hash);
  return hash;
};
const hashNow = (text: string): string =>`,
  },
  { file: 'protocol/limits.ts', text: 'vectorReplicasMax: 24', instead: 'vectorReplicasMax: 5' },
];

/** Bundles a runner of worlds with production files patched; fails where a text is not found exactly once. */
export const bundleWorlds = async (
  patches: readonly Patch[],
  outfile: string,
  runner = 'sim-worker-cli.ts',
): Promise<void> => {
  const all = [...worldPatches, ...patches];
  for (const { file, text } of all) {
    const count = readFileSync(resolve(sourceFolder, file), 'utf8').split(text).length - 1;
    if (count !== 1) throw new Error(`${file} holds this text ${count} times instead of once: ${text}`);
  }
  await bundle({
    entryPoints: [resolve(here, runner)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
    plugins: [patching(all)],
  });
};

const patching = (patches: readonly Patch[]): Plugin => ({
  name: 'patch',
  setup: (build) => {
    build.onLoad({ filter: /\.ts$/ }, ({ path }) => {
      const file = relative(sourceFolder, path).replaceAll('\\', '/');
      const own = patches.filter((each) => each.file === file);
      if (own.length === 0) return undefined;
      const contents = own.reduce(
        (text, patch) => text.replace(patch.text, () => patch.instead),
        readFileSync(path, 'utf8'),
      );
      return { contents, loader: 'ts' };
    });
  },
});
