import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createAtomicFile } from './atomic-file.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'atomic-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('what was written is read, in a folder made on the way, by its owner only', () => {
  const path = join(folder, 'deep', 'file');
  const file = createAtomicFile(path);
  expect(file.read()).toBeUndefined();
  file.write('one');
  file.write('zwei €');
  expect(createAtomicFile(path).read()).toBe('zwei €');
  expect(readdirSync(join(folder, 'deep'))).toEqual(['file']);
  if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
});

it('a write that was cut off leaves the text before it, and the next write succeeds', () => {
  const path = join(folder, 'file');
  const file = createAtomicFile(path);
  file.write('whole');
  writeFileSync(`${path}.tmp`, 'ha');
  const reopened = createAtomicFile(path);
  expect(reopened.read()).toBe('whole');
  reopened.write('next');
  expect(readFileSync(path, 'utf8')).toBe('next');
});

it('a second writer is noticed before anything of it is lost', () => {
  const path = join(folder, 'file');
  const first = createAtomicFile(path);
  first.write('first');
  const second = createAtomicFile(path);
  second.read();
  second.write('second');
  expect(() => first.write('third')).toThrow(/another process/);
  expect(readFileSync(path, 'utf8')).toBe('second');
});
