// Prints how many bytes of JavaScript and CSS a first visit loads before the ledger is usable, and how many the advisor's
// worker is, as one line of JSON. Fails above a limit.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliBytes, firstLoadFiles } from './first-load-files.mjs';
import {
  advisorWorkerBrotliBytesMax as advisorWorkerLimitBytes,
  firstLoadBrotliBytesMax as limitBytes,
} from './size-limits.mjs';

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
const advisorWorkerBrotliBytes = brotliBytes(readAdvisorWorker());
console.log(
  JSON.stringify({ firstLoadBrotliBytes, limitBytes, advisorWorkerBrotliBytes, advisorWorkerLimitBytes, files }),
);
hold('The first load', firstLoadBrotliBytes, limitBytes);
hold('The advisor\u2019s worker', advisorWorkerBrotliBytes, advisorWorkerLimitBytes);

function hold(what, bytes, bytesMax) {
  if (bytes <= bytesMax) return;
  console.error(`${what} is ${bytes - bytesMax} bytes over its limit.`);
  process.exitCode = 1;
}

/** Workers are in no manifest; this one is a single file, and a build that has none, or splits it, must not pass. */
function readAdvisorWorker() {
  const names = readdirSync(join(dist, 'assets')).filter((name) => /^advisor-worker-.*\.js$/.test(name));
  if (names.length !== 1) throw new Error(`expected one file of the advisor's worker, found ${names.length}`);
  const [bytes] = names.map((name) => readFileSync(join(dist, 'assets', name)));
  if (/\bimport\s*[("'{*]/.test(bytes.toString())) throw new Error("the advisor's worker loads further files");
  return bytes;
}

function readText(path) {
  return readFileSync(join(dist, path), 'utf8');
}
