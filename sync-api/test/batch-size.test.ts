import { canonicalJson, limits } from '@fintrack/sync-core/protocol';
import { createAuthor, testReplica } from '@fintrack/sync-core/testing';
import { describe, expect, it } from 'vitest';
import { entryToItem } from '../src/dynamodb/log-item.ts';
import { realisticChanges } from './realistic-changes.ts';

describe('the caps', () => {
  it('a full batch of imported expenses fits a log item under 300 KB, and a request, with room to spare', async () => {
    const changes = realisticChanges(limits.changesPerPushMax, 1);
    const item = await entryToItem('space', createAuthor(testReplica('a')).entry(1, changes), {});
    expect(limits.changesPerPushMax).toBeGreaterThanOrEqual(1_000);
    expect(limits.logItemSizeBytesMax).toBeLessThanOrEqual(300_000);
    expect(item.changes?.byteLength).toBeLessThan(limits.logItemSizeBytesMax / 2);
    expect(Buffer.byteLength(canonicalJson(changes))).toBeLessThan(limits.requestSizeBytesMax / 2);
  });
});
