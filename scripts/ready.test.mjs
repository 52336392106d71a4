import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findChromium } from './find-chromium.mjs';
import { areNpmPackagesInstalled } from './npm-packages.mjs';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'ready-'));
});
afterEach(() => rmSync(root, { recursive: true }));

function write(path, text) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
  return join(root, path);
}

describe('npm packages count as installed', () => {
  const lock = {
    '': { name: 'fintrack' },
    app: { version: '0.1.0' },
    'node_modules/@fintrack/app': { resolved: 'app', link: true },
    'node_modules/a': { version: '1.0.0', resolved: 'https://registry/a-1.0.0.tgz' },
    'node_modules/for-windows': { version: '1.0.0', optional: true },
  };
  const { 'node_modules/for-windows': _, ...here } = lock;

  it.each([
    ['when each one of the lock file is there, but for other systems’', here, true],
    ['but not when nothing is there', undefined, false],
    ['but not when one is missing', { ...here, 'node_modules/a': undefined }, false],
    ['but not when one is of another version', { ...here, 'node_modules/a': { version: '1.0.1' } }, false],
  ])('%s', (_name, found, expected) => {
    write('package-lock.json', JSON.stringify({ packages: lock }));
    if (found) write('node_modules/.package-lock.json', JSON.stringify({ packages: found }));
    expect(areNpmPackagesInstalled(root)).toBe(expected);
  });
});

describe('a Chromium is found', () => {
  const program = (path) => {
    const file = write(path, '');
    chmodSync(file, 0o755);
    return file;
  };

  it('where CHROMIUM_PATH says, before any other', () => {
    program('bin/chromium');
    expect(findChromium({ CHROMIUM_PATH: '/somewhere', PATH: join(root, 'bin') }, 'linux')).toBe('/somewhere');
  });

  it('on the PATH', () => {
    const chrome = program('bin/google-chrome');
    expect(findChromium({ PATH: `/nowhere:${join(root, 'bin')}` }, 'linux')).toBe(chrome);
  });

  it('among Playwright’s downloads, the newest', () => {
    program('cache/chromium-999/chrome-linux/chrome');
    const newest = program('cache/chromium-1200/chrome-linux64/chrome');
    expect(findChromium({ PLAYWRIGHT_BROWSERS_PATH: join(root, 'cache') }, 'linux')).toBe(newest);
  });

  it('or not at all', () => {
    write('bin/chromium', 'not a program');
    const env = { PATH: join(root, 'bin'), PLAYWRIGHT_BROWSERS_PATH: join(root, 'cache') };
    expect(findChromium(env, 'linux')).toBeUndefined();
  });
});
