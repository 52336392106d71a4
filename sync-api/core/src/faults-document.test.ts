import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const core = new URL('../', import.meta.url);
const table = readFileSync(new URL('FAULTS.md', core), 'utf8');
const rowsTotal = 72;

const rows = table
  .split('\n')
  .filter((line) => /^\| +\d+ \|/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, row, where, , , shown = '']) => ({
    row: Number(row),
    where,
    files: [...shown.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name),
  }));

/** Text of every test and story by its name without extensions; the same name in two places is both. */
const testsByName = new Map<string, string>();
const folders = ['./', '../src/', '../test/', '../../app/src/', '../../app/e2e/'];
for (const folder of folders) {
  const at = new URL(folder, core);
  for (const path of readdirSync(at, { recursive: true, encoding: 'utf8' })) {
    if (path.includes('node_modules') || !/\.tsx?$/.test(path) || /dist-types/.test(path)) continue;
    const name = path.replace(/^.*\//, '').replace(/(\.browser)?(\.test)?\.tsx?$/, '');
    testsByName.set(name, (testsByName.get(name) ?? '') + readFileSync(new URL(path, at), 'utf8'));
  }
}

describe('the table of faults', () => {
  it('has every row once, in order, each with a test that shows it', () => {
    expect(rows.map(({ row }) => row)).toEqual(Array.from({ length: rowsTotal }, (_, i) => i + 1));
    expect(rows.filter(({ files }) => files.length === 0).map(({ row }) => row)).toEqual([]);
  });

  it('names tests that name the row', () => {
    const wrong = rows.flatMap(({ row, files }) =>
      files
        .filter((name) => {
          const text = testsByName.get(name) ?? '';
          const isNamed = text.includes(`[fault ${row}]`) || text.includes(`[${row}]`);
          return !isNamed && !(text.includes('[fault %i]') && text.includes(`[${row}, `));
        })
        .map((name) => `${row}: ${name}`),
    );
    expect(wrong).toEqual([]);
  });
});
