import { expect, it } from 'vitest';
import { firstLoadFiles } from './first-load-files.mjs';

const html = `<!doctype html>
<link rel="icon" href="/favicon.svg">
<link rel="manifest" href="/manifest.webmanifest">
<script type="module" crossorigin src="/assets/main.js"></script>
<link rel="modulepreload" crossorigin href="/assets/react.js">
<link rel="stylesheet" crossorigin href="/assets/main.css">`;

const manifest = {
  'index.html': {
    file: 'assets/main.js',
    imports: ['_shared.js'],
    dynamicImports: ['src/lazy.tsx'],
    css: ['assets/main.css'],
  },
  '_shared.js': { file: 'assets/shared.js', imports: ['_react.js'], css: ['assets/shared.css'] },
  '_react.js': { file: 'assets/react.js', imports: ['_shared.js'] },
  'src/lazy.tsx': { file: 'assets/lazy.js', imports: ['_shared.js'], css: ['assets/lazy.css'] },
};

it('a first load is what the page names and what that imports, each once, compressed', () => {
  const files = firstLoadFiles({ html, manifest, read: (path) => Buffer.from(path.repeat(1000)) });
  expect(files.map(({ path }) => path).sort()).toEqual([
    'assets/main.css',
    'assets/main.js',
    'assets/react.js',
    'assets/shared.css',
    'assets/shared.js',
  ]);
  for (const { brotliBytes } of files) expect(brotliBytes).toBeLessThan(200);
});
