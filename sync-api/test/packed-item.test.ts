import { gzipSync } from 'node:zlib';
import { canonicalJson, type Change, chainStart, type ChangesEntry, type Json } from '@fintrack/sync-core/protocol';
import { createAuthor, testReplica } from '@fintrack/sync-core/testing';
import { describe, expect, it } from 'vitest';
import { entryToItem, itemToEntry } from '../src/dynamodb/log-item.ts';
import { packJson, unpackJson } from '../src/dynamodb/packed-json.ts';
import { packVector, unpackVector } from '../src/dynamodb/packed-vector.ts';
import { realisticChanges } from './realistic-changes.ts';

/** What one write unit holds. */
const unitSizeBytes = 1024;

describe('an item of the log', () => {
  it('is read as it was written, whatever it holds', async () => {
    const author = createAuthor(testReplica('a'));
    const vector = {
      [testReplica('a')]: [3, 'ab'.repeat(16), 7],
      [testReplica('b')]: [2 ** 40, chainStart, 2],
    } as const;
    const entry = { ...author.entry(7, realisticChanges(3, 1)), later: { z: [null, 1.5] } };
    expect(await itemToEntry(await entryToItem('s', entry, vector))).toMatchObject({ entry, vector });
    const flagged = author.entry(8, realisticChanges(1, 2), { rejected: [[4, { type: 'shape' }]] });
    const own = { [testReplica('a')]: [4, flagged.hash, 8] } as const;
    expect(await itemToEntry(await entryToItem('s', flagged, own))).toMatchObject({ entry: flagged, vector: own });
  });

  it('[I17] with ten typed expenses and three replicas fits into one write unit', async () => {
    for (let seed = 1; seed <= 20; seed++) {
      const entry = createAuthor('0123456789abcdef').entry(200 + seed, realisticChanges(10, seed).map(asTyped));
      const others = ['fedcba9876543210', '00112233aabbccdd'];
      const vector = {
        ...Object.fromEntries(others.map((replica) => [replica, [120, entry.hash, 200] as const])),
        [entry.replica]: [10, entry.hash, entry.seq] as const,
      };
      expect(sizeOf(await entryToItem('6f9619ff-8b86-4d01-b42d-00cf4fc964ff', entry, vector))).toBeLessThanOrEqual(
        unitSizeBytes,
      );
    }
  });

  it('of the first version, with names for hashes and a gzip of the changes, is read too', async () => {
    const entry: ChangesEntry = createAuthor(testReplica('a')).entry(1, realisticChanges(2, 3));
    const { receivedAt, changes, ...members } = entry;
    const raw = canonicalJson(changes as Json);
    const packed = { changes: gzipSync(raw), raw_size: Buffer.byteLength(raw) };
    const item = {
      ...members,
      ...packed,
      space: 's',
      received_at: receivedAt,
      vector: { [testReplica('a')]: [2, entry.hash] },
    };
    expect(await itemToEntry(item)).toMatchObject({ entry, vector: { [testReplica('a')]: [2, entry.hash, 0] } });
  });
});

describe('packed JSON', () => {
  it('is read by every later program: the dictionary is the same for ever', async () => {
    const text = 'i67GaSuaypDURJDDYwE=';
    const value = [{ kind: 'expense', set: { description: ['Tea'] } }];
    const { bytes } = await packJson(value);
    expect({ packed: Buffer.from(bytes).toString('base64'), text }).toEqual({ packed: text, text });
    expect(await unpackJson(bytes, 1000)).toEqual(value);
  });

  it('larger than it says, or damaged, is refused', async () => {
    const { bytes, rawSizeBytes } = await packJson(['x'.repeat(500)]);
    await expect(unpackJson(bytes, rawSizeBytes - 1)).rejects.toThrow();
    await expect(unpackJson(bytes.subarray(3), 1000)).rejects.toThrow();
  });
});

describe('a packed vector', () => {
  it('that is cut is refused', () => {
    const bytes = packVector({ [testReplica('a')]: [1, chainStart, 1] });
    expect(unpackVector(new Uint8Array())).toEqual({});
    expect(() => unpackVector(bytes.subarray(1))).toThrow('not whole');
  });
});

/** Without what an import adds: its id, and the reference and words that a bank writes behind every merchant's name. */
const asTyped = (change: Change): Change => {
  const { import: _, note: __, ...set } = change.set ?? {};
  const title = set['description']?.[0];
  const merchant = typeof title === 'string' ? title.replace(/ [0-9a-f]{4,8} .*$/, '') : '';
  return { ...change, set: { ...set, description: [merchant] } };
};

/** As DynamoDB counts: names and values, 3 bytes and one a member for a list or map, digits in pairs for a number. */
const sizeOf = (value: unknown): number => {
  if (value instanceof Uint8Array) return value.byteLength;
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (typeof value === 'number') return Math.ceil(String(value).length / 2) + 2;
  if (typeof value !== 'object' || value === null) return 1;
  return Object.entries(value).reduce((sum, [name, each]) => sum + Buffer.byteLength(name) + sizeOf(each) + 1, 3);
};
