import { gzipSync } from 'node:zlib';
import { canonicalJson, chainStart } from '@fintrack/sync-core/protocol';
import { acceptPush, defaultSettings, type History, materialise, servePull } from '@fintrack/sync-core/server';
import { createMemoryBlobStore, testReplica } from '@fintrack/sync-core/testing';
import { startTestEngine } from '../../infra/local/dynamodb/test-engine.ts';
import { createChangeLog } from '../src/dynamodb/change-log.ts';
import { createDocumentClient } from '../src/dynamodb/document-client.ts';
import { entryToItem } from '../src/dynamodb/log-item.ts';
import { createRowStore } from '../src/dynamodb/row-store.ts';
import { createSpaceStore } from '../src/dynamodb/space-store.ts';
import { realisticChanges } from './realistic-changes.ts';

// Prints one JSON line a batch size: bytes of the changes as text, as a log item and as a request, and the milliseconds
// that pushing, pulling and folding it take against the engine on this machine (the best of three).

const counts = [10, 100, 500, 1_000, 2_000];
const runs = 3;

const engine = await startTestEngine();
const client = createDocumentClient(engine.clientConfig);
const { tableNames } = engine;
const log = createChangeLog(client, tableNames.TABLE_SYNC_LOG);
const history: History = {
  log,
  spaces: createSpaceStore(client, tableNames.TABLE_SYNC_STATE),
  blobs: createMemoryBlobStore(),
  settings: defaultSettings,
};
const store = createRowStore(client, {
  syncState: tableNames.TABLE_SYNC_STATE,
  users: tableNames.TABLE_USERS,
  expenses: tableNames.TABLE_EXPENSES,
  income: tableNames.TABLE_INCOME,
  budgets: tableNames.TABLE_BUDGETS,
  advice: tableNames.TABLE_ADVICE,
});

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
};

const measure = async (count: number, run: number) => {
  const space = `measure-${count}-${run}`;
  const changes = realisticChanges(count, run);
  const push = { first: 1, previous: chainStart, changes };
  const pushMs = await timed(() => acceptPush(history, space, testReplica('a'), push, undefined, 1_000));
  const tail = await log.tail(space);
  if (!tail) throw new Error('the push was refused');
  const pullMs = await timed(() => servePull(history, space, testReplica('b'), 0, tail));
  const foldMs = await timed(() => materialise(history, store, space));
  const { changes: packed } = await entryToItem(space, tail.entry, tail.vector);
  const text = canonicalJson(changes);
  const sizes = { raw: Buffer.byteLength(text), item: packed?.byteLength ?? 0, request: gzipSync(text).byteLength };
  return { sizes, pushMs, pullMs, foldMs };
};

try {
  for (const count of counts) {
    const measured: Awaited<ReturnType<typeof measure>>[] = [];
    for (let run = 0; run < runs; run++) measured.push(await measure(count, run));
    const best = (name: 'pushMs' | 'pullMs' | 'foldMs') => Math.round(Math.min(...measured.map((one) => one[name])));
    const sizes = measured[0]?.sizes ?? { raw: 0, item: 0, request: 0 };
    const times = { pushMs: best('pushMs'), pullMs: best('pullMs'), foldMs: best('foldMs') };
    const itemBytesPerChange = Math.round(sizes.item / count);
    console.log(JSON.stringify({ changes: count, bytes: sizes, itemBytesPerChange, ...times }));
  }
} finally {
  client.destroy();
  await engine.close();
}
