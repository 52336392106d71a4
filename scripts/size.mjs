// Prints how many bytes of JavaScript and CSS a first visit loads before the ledger is usable, as one line of JSON.
// Fails above the limit.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { firstLoadFiles } from './first-load-files.mjs';

const limitBytes = 130_000;
const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'app/dist');

const build = spawnSync(process.execPath, [join(root, 'scripts/build-app.mjs')], { stdio: 'inherit' });
if (build.status !== 0) process.exit(1);

const files = firstLoadFiles({
  html: readText('index.html'),
  manifest: JSON.parse(readText('.vite/manifest.json')),
  read: (path) => readFileSync(join(dist, path)),
});
const firstLoadBrotliBytes = files.reduce((sum, { brotliBytes }) => sum + brotliBytes, 0);
console.log(JSON.stringify({ firstLoadBrotliBytes, limitBytes, files }));
if (firstLoadBrotliBytes > limitBytes) {
  console.error(`The first load is ${firstLoadBrotliBytes - limitBytes} bytes over its limit.`);
  process.exitCode = 1;
}

function readText(path) {
  return readFileSync(join(dist, path), 'utf8');
}
