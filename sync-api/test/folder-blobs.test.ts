import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { blobStoreCases } from '@fintrack/sync-core/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFolderBlobStore } from '../src/blobs/folder-blobs.ts';

let parent: string;
let folder: string;
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'fintrack-texts-'));
  folder = join(parent, 'texts');
});
afterEach(() => {
  rmSync(parent, { recursive: true, force: true });
});

describe('texts in a folder keep the contract', () => {
  for (const { name, run } of blobStoreCases) {
    it(name, () => run(async () => ({ blobs: createFolderBlobStore(folder), prefix: 'snapshots/s/' })));
  }
});

describe('a folder of texts', () => {
  it('is nobody else’s to read', async () => {
    await createFolderBlobStore(folder).write('snapshots/s/a', 'text');
    expect(statSync(join(folder, 'snapshots')).mode & 0o077).toBe(0);
    expect(statSync(join(folder, 'snapshots/s/a.json.gz')).mode & 0o077).toBe(0);
  });

  it('shows nothing of a write that was cut off', async () => {
    const blobs = createFolderBlobStore(folder);
    await blobs.write('snapshots/s/a', 'text');
    writeFileSync(join(folder, 'snapshots/s/b.json.gz.0f0e'), 'half');
    expect(await blobs.names('snapshots/s/')).toEqual(['snapshots/s/a']);
    expect(await blobs.read('snapshots/s/b')).toBeUndefined();
  });

  it('leaves no other file behind', async () => {
    const blobs = createFolderBlobStore(folder);
    for (let writes = 0; writes < 5; writes++) await blobs.write('snapshots/s/a', `text ${writes}`);
    expect(readdirSync(join(folder, 'snapshots/s'))).toEqual(['a.json.gz']);
  });

  it.each(['../outside', '/etc/outside', 'a/../../outside', 'a.json', ''])('"%s" is no name', async (name) => {
    const blobs = createFolderBlobStore(folder);
    await expect(blobs.write(name, 'text')).rejects.toThrow('name');
    await expect(blobs.read(name)).rejects.toThrow('name');
    await expect(blobs.remove([name])).rejects.toThrow('name');
    expect(readdirSync(parent)).toEqual([]);
  });
});
