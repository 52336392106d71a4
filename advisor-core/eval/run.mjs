/**
 * `npm run eval:advisor -- DIR`: scores the product on the ledgers of DIR, which holds `harness/evaluate.mjs`,
 * `harness/baseline-advisor.mjs` and `data/`, and prints each figure beside the baseline's of the same run.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = process.argv[2];
if (!folder) {
  console.error('Name the folder of ledgers: npm run eval:advisor -- DIR');
  process.exit(2);
}
const harness = resolve(folder, 'harness');
const scratch = await mkdtemp(join(tmpdir(), 'advisor-eval-'));

/** The tables of one advisor, by task. */
const evaluate = async (advisor, name) => {
  const out = join(scratch, `${name}.json`);
  const run = spawn(process.execPath, ['evaluate.mjs', advisor], {
    cwd: harness,
    env: { ...process.env, EVAL_OUT: out },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [code] = await once(run, 'exit');
  if (code !== 0) throw new Error(`the evaluation of ${advisor} ended with ${code}`);
  return JSON.parse(await readFile(out, 'utf8'));
};

/** Columns that say which series a row is of; all others are figures. */
const names = new Set(['set', 'variant', 'day', 'scope']);

const beside = (own, baseline) =>
  own.map((row, index) =>
    Object.fromEntries(
      Object.entries(row).map(([column, value]) => [
        column,
        names.has(column) ? String(value) : `${value} (${baseline[index]?.[column] ?? '-'})`,
      ]),
    ),
  );

const print = (title, rows) => {
  const columns = Object.keys(rows[0] ?? {});
  const widths = columns.map((column) => Math.max(column.length, ...rows.map((row) => row[column].length)));
  const line = (cells) => cells.map((cell, index) => cell.padEnd(widths[index])).join('  ');
  console.log(`\n${title}: fintrack (baseline)\n${line(columns)}`);
  for (const row of rows) console.log(line(columns.map((column) => row[column])));
};

try {
  const [own, baseline] = await Promise.all([
    evaluate(fileURLToPath(new URL('./adapter.mjs', import.meta.url)), 'own'),
    evaluate(join(harness, 'baseline-advisor.mjs'), 'baseline'),
  ]);
  for (const task of Object.keys(own)) print(task, beside(own[task], baseline[task]));
} finally {
  await rm(scratch, { recursive: true });
}
