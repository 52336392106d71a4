import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { type BenchServer, startBenchServer, type Traffic } from '../harness/bench-server.ts';
import { BenchBrowser } from '../harness/browser.ts';
import { type Bench, type Measured, tell } from '../harness/report.ts';
import { median } from '../harness/statistics.ts';
import type { FloorPage } from '../pages/floor-page.ts';
import type { ProductPage } from '../pages/product-page.ts';

const changeCount = 10_000;
const requestsMax = 10;
/** What a ledger starts with, and the import's own record: with these there are 10,000 changes. */
const otherChanges = 14;

type Cost = { readonly cpuMs: number; readonly wallMs: number };
type Synced = Cost & { readonly traffic: Traffic };

type Round = {
  readonly push: Synced;
  readonly pull: Synced;
  readonly floorPull: Synced;
  readonly floorPush: Cost;
  readonly floorRewrite: Cost;
  /** The same records as gzipped JSON, level 6. */
  readonly floorBytes: number;
};

/**
 * A device that imported its whole ledger pushes it, and a fresh one pulls it; beside them a page that keeps plain
 * records in plain IndexedDB and sends them whole as gzipped JSON. CPU is that of the browser's whole process group.
 */
export const firstSyncBench: Bench = {
  measures: ['first-push', 'first-pull', 'one-change'],
  run: async ({ rounds, cloud }) => {
    const server = await startBenchServer(await cloud());
    try {
      const measured: Round[] = [];
      for (let round = 1; round <= rounds; round++) {
        measured.push(await runRound(server, randomUUID()));
        tell(`first sync, round ${round} of ${rounds}: ${JSON.stringify(measured.at(-1))}`);
      }
      return [firstPush(measured), firstPull(measured), await measureOneChange(server)];
    } finally {
      await server.close();
    }
  },
};

const runRound = async (server: BenchServer, space: string): Promise<Round> => {
  const pushed = await withBrowser<ProductPage, { push: Synced; floorBytes: number }>(
    server,
    'product',
    async (page) => {
      await page.call('open', space, server.token(space));
      await page.call('importExpenses', changeCount - otherChanges);
      await page.settle();
      const push = await withTraffic(server, () => page.measure('sync'));
      const records = await page.call('exportRecords');
      if (records.length !== changeCount) throw new Error(`${records.length} records were made`);
      const gzipped = gzipSync(JSON.stringify(records), { level: 6 });
      server.setFloorRecords(gzipped);
      return { push, floorBytes: gzipped.byteLength };
    },
  );
  const floor = await withBrowser<FloorPage, Pick<Round, 'floorPull' | 'floorPush' | 'floorRewrite'>>(
    server,
    'floor',
    async (page) => ({
      floorPull: await withTraffic(server, () => page.measure('pull')),
      floorPush: costOf(await page.measure('push')),
      floorRewrite: costOf(await page.measure('rewrite')),
    }),
  );
  const pull = await withBrowser<ProductPage, Synced>(server, 'product', async (page) => {
    const pulled = await withTraffic(server, () => page.measure('openAndSync', space, server.token(space)));
    const { length } = await page.call('exportRecords');
    if (length !== changeCount) throw new Error(`${length} records came`);
    return pulled;
  });
  return { ...pushed, ...floor, pull };
};

const withBrowser = async <F extends ProductPage | FloorPage, T>(
  server: BenchServer,
  name: 'product' | 'floor',
  work: (page: BenchBrowser<F>) => Promise<T>,
): Promise<T> => {
  const page = await BenchBrowser.open<F>(server.pageUrl(name));
  try {
    return await work(page);
  } finally {
    await page.close();
  }
};

const withTraffic = async (server: BenchServer, work: () => Promise<Cost>): Promise<Synced> => {
  server.takeTraffic();
  const cost = costOf(await work());
  return { ...cost, traffic: server.takeTraffic() };
};

const costOf = ({ cpuMs, wallMs }: Cost): Cost => ({ cpuMs, wallMs });

const firstPush = (rounds: readonly Round[]): Measured => {
  const of = (pick: (round: Round) => number): number => median(rounds.map(pick));
  const floorCpuMs = ({ floorPush, floorRewrite }: Round): number => floorPush.cpuMs + floorRewrite.cpuMs;
  return {
    measure: 'first-push',
    judged: {
      bytesUpRatio: { value: of(({ push, floorBytes }) => push.traffic.bytesUp / floorBytes), max: 1.15 },
      requests: { value: of(({ push }) => push.traffic.requests), max: requestsMax },
      cpuRatio: { value: of((round) => round.push.cpuMs / floorCpuMs(round)), max: 2 },
    },
    seen: {
      changes: changeCount,
      bytesUp: of(({ push }) => push.traffic.bytesUp),
      floorBytes: of(({ floorBytes }) => floorBytes),
      cpuMs: of(({ push }) => push.cpuMs),
      floorPushCpuMs: of(({ floorPush }) => floorPush.cpuMs),
      floorRewriteCpuMs: of(({ floorRewrite }) => floorRewrite.cpuMs),
      wallMs: of(({ push }) => push.wallMs),
    },
  };
};

const firstPull = (rounds: readonly Round[]): Measured => {
  const of = (pick: (round: Round) => number): number => median(rounds.map(pick));
  const bytesOf = ({ bytesUp, bytesDown }: Traffic): number => bytesUp + bytesDown;
  return {
    measure: 'first-pull',
    judged: {
      bytesRatio: { value: of(({ pull, floorPull }) => bytesOf(pull.traffic) / bytesOf(floorPull.traffic)), max: 1.15 },
      cpuRatio: { value: of(({ pull, floorPull }) => pull.cpuMs / floorPull.cpuMs), max: 1.5 },
    },
    seen: {
      changes: changeCount,
      requests: of(({ pull }) => pull.traffic.requests),
      bytes: of(({ pull }) => bytesOf(pull.traffic)),
      floorBytes: of(({ floorPull }) => bytesOf(floorPull.traffic)),
      cpuMs: of(({ pull }) => pull.cpuMs),
      floorCpuMs: of(({ floorPull }) => floorPull.cpuMs),
      wallMs: of(({ pull }) => pull.wallMs),
      floorWallMs: of(({ floorPull }) => floorPull.wallMs),
    },
  };
};

const edits = 5;
const bodyBytesMax = 1200;
const oneChangeRequests = 2;

/** One expense gets another amount on A and comes to B: the bodies of all requests and answers, as sent. */
const measureOneChange = async (server: BenchServer): Promise<Measured> => {
  const space = randomUUID();
  return withBrowser<ProductPage, Measured>(server, 'product', (a) =>
    withBrowser<ProductPage, Measured>(server, 'product', async (b) => {
      await a.call('open', space, server.token(space));
      await a.call('importExpenses', 100);
      await a.call('sync');
      await b.call('openAndSync', space, server.token(space));
      await a.call('sync');
      await b.call('sync');
      const taken: Traffic[] = [];
      for (let edit = 0; edit < edits; edit++) {
        server.takeTraffic();
        await a.call('editAmount', edit, 123_456 + edit);
        await a.call('sync');
        await b.call('sync');
        taken.push(server.takeTraffic());
      }
      const [onA, onB] = [await a.call('facts'), await b.call('facts')];
      if (onA.digest !== onB.digest || onA.waiting > 0) throw new Error('the change did not come to B');
      const most = (pick: (traffic: Traffic) => number): number => Math.max(...taken.map(pick));
      return {
        measure: 'one-change',
        judged: {
          requests: { value: most(({ requests }) => requests), max: oneChangeRequests },
          bodyBytes: { value: most(({ bytesUp, bytesDown }) => bytesUp + bytesDown), max: bodyBytesMax },
        },
        seen: { bytesUp: most(({ bytesUp }) => bytesUp), bytesDown: most(({ bytesDown }) => bytesDown), edits },
      };
    }),
  );
};
