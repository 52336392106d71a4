import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import type { BlobStore } from '@fintrack/sync-core/server';
import { requireName, requirePrefix } from './blob-name.ts';
import { gzipToText, textToGzip } from './gzip-text.ts';

/** Names have no dots, so neither this nor what is being written is ever taken for another name. */
const suffix = '.json.gz';

/** Texts in a folder, each gzipped in a file of its name: what a bucket is in AWS is this in the local cloud. */
export const createFolderBlobStore = (folder: string): BlobStore => {
  const pathOf = (name: string): string => join(folder, `${requireName(name)}${suffix}`);
  return {
    async write(name, text) {
      const path = pathOf(name);
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      await writeWhole(path, await textToGzip(text));
    },

    async read(name) {
      const bytes = await unlessMissing(readFile(pathOf(name)));
      return bytes && gzipToText(bytes);
    },

    async names(prefix) {
      const start = requirePrefix(prefix).slice(0, prefix.lastIndexOf('/'));
      const found = await filesBelow(join(folder, start));
      const names = found.map((path) => nameOf(relative(folder, path)));
      return names.filter((name) => name.startsWith(prefix)).sort();
    },

    async remove(names) {
      for (const name of names) await rm(pathOf(name), { force: true });
    },
  };
};

const nameOf = (path: string): string => path.split(sep).join('/').slice(0, -suffix.length);

/** All of it under its name, or none: a process that is killed leaves a file that no name leads to. */
const writeWhole = async (path: string, bytes: Uint8Array): Promise<void> => {
  const temporary = `${path}.${randomUUID()}`;
  const file = await open(temporary, 'wx', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporary, path);
};

const filesBelow = async (path: string): Promise<readonly string[]> => {
  const entries = (await unlessMissing(readdir(path, { withFileTypes: true, recursive: true }))) ?? [];
  const files = entries.filter((entry) => entry.isFile() && entry.name.endsWith(suffix));
  return files.map((entry) => join(entry.parentPath, entry.name));
};

const unlessMissing = async <T>(attempt: Promise<T>): Promise<T | undefined> => {
  try {
    return await attempt;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
};
