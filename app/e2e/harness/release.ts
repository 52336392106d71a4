import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { appBuildDir, ensureAppBuild } from '../../../infra/local/app-build.ts';

/** A copy of the app's build, for a story to change. */
export const copyBuild = async (dir: string): Promise<string> => {
  await ensureAppBuild();
  cpSync(appBuildDir, dir, { recursive: true });
  return dir;
};

/** Puts the build there again, as rolling a release back does. */
export const rollBack = (siteDir: string): void => cpSync(appBuildDir, siteDir, { recursive: true, force: true });

export type Release = {
  readonly version: string;
  /** Its ledgers are of a newer schema than this build's. */
  readonly hasNewSchema?: boolean;
};

/** Another build, as far as a browser can tell: another page, and a service worker that says so. */
export const release = (siteDir: string, { version, hasNewSchema = false }: Release): void => {
  const page = join(siteDir, 'index.html');
  const meta = `<meta name="e2e-release" content="${version}" /></head>`;
  writeFileSync(page, readFileSync(page, 'utf8').replace('</head>', meta));
  const worker = join(siteDir, 'service-worker.js');
  writeFileSync(worker, withRevision(readFileSync(worker, 'utf8'), 'index.html', `e2e-${version}`));
  if (hasNewSchema) raiseSchema(siteDir, version);
};

/** Which release the page is of; null for the build itself. */
export const releaseOf = (page: Page): Promise<string | null> =>
  page.evaluate(() => document.querySelector('meta[name=e2e-release]')?.getAttribute('content') ?? null);

/** The database gets one more version, with one more table. */
const raiseSchema = (siteDir: string, version: string): void => {
  const first = /([\w$]+)\.version\(1\)\.stores\(\{(?=rows:)/;
  let changed = 0;
  for (const path of renameAssets(siteDir, version)) {
    const text = readFileSync(path, 'utf8');
    if (!first.test(text)) continue;
    writeFileSync(path, text.replace(first, '$1.version(99).stores({moods:"id"}),$&'));
    changed += 1;
  }
  if (changed !== 1) throw new Error(`${changed} files of the build declare the database`);
};

/**
 * Gives every hashed file another name, everywhere: what a browser holds under a name it never asks for again. The old
 * ones stay, as they do where the app is deployed. Answers where the scripts are.
 */
const renameAssets = (siteDir: string, version: string): readonly string[] => {
  const assets = join(siteDir, 'assets');
  const renamed = new Map(
    readdirSync(assets).map((name) => [name, name.replace(/\.(?=\w+$)/, `-e2e${version}.`)] as const),
  );
  const anyName = new RegExp([...renamed.keys()].map((name) => name.replaceAll('.', String.raw`\.`)).join('|'), 'g');
  const rewrite = (from: string, to: string): void => {
    const text = readFileSync(from, 'utf8');
    writeFileSync(
      to,
      text.replaceAll(anyName, (name) => renamed.get(name) ?? name),
    );
  };
  for (const [before, after] of renamed) rewrite(join(assets, before), join(assets, after));
  for (const name of ['index.html', 'service-worker.js']) rewrite(join(siteDir, name), join(siteDir, name));
  return [...renamed.values()].filter((name) => name.endsWith('.js')).map((name) => join(assets, name));
};

const withRevision = (worker: string, url: string, revision: string): string => {
  const name = url.replaceAll('.', String.raw`\.`);
  const entry = new RegExp(`\\{(?:url:"${name}",revision:[^}]*|revision:[^,}]*,url:"${name}")\\}`);
  if (!entry.test(worker)) throw new Error(`the service worker does not name ${url}`);
  return worker.replace(entry, `{url:"${url}",revision:"${revision}"}`);
};
