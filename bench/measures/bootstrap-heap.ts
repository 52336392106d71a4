import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { CDPSession } from 'playwright-core';
import { createRandom } from '@fintrack/sync-core/testing';
import { createDevice, expense } from '../../sync-api/test/device.ts';
import { benchExpenses } from '../data/expenses.ts';
import type { BenchCloud } from '../harness/bench-cloud.ts';
import { type BenchServer, startBenchServer } from '../harness/bench-server.ts';
import { BenchBrowser } from '../harness/browser.ts';
import { pushTo } from '../harness/push-to.ts';
import type { Bench, Measured } from '../harness/report.ts';
import type { ProductPage } from '../pages/product-page.ts';

const entryCount = 100_000;
/** Pushed in few entries the ledger comes as the log's tail; in more than `entriesPerSnapshot`, as a snapshot's parts. */
const ways = [
  { name: 'log', changesPerPush: 1000 },
  { name: 'snapshot', changesPerPush: 385 },
] as const;
const heapBytesMax = 150_000_000;
const sampleEveryMs = 50;

/**
 * The largest JavaScript heap of a fresh device while it takes over 100,000 entries, garbage that waits to be collected
 * included: an upper bound of what it needs. What is left after a forced collection stands beside it.
 */
export const bootstrapHeapBench: Bench = {
  measures: ways.map(({ name }) => `bootstrap-heap-${name}`),
  run: async ({ cloud }) => {
    const running = await cloud();
    const server = await startBenchServer(running);
    try {
      const measured: Measured[] = [];
      for (const way of ways) {
        const space = randomUUID();
        await fillLog(running, space, way.changesPerPush);
        if (way.name === 'snapshot') await running.takeSnapshot(space);
        measured.push(await bootstrap(server, way.name, space));
      }
      return measured;
    } finally {
      await server.close();
    }
  },
};

const fillLog = async (cloud: BenchCloud, space: string, changesPerPush: number): Promise<void> => {
  const random = createRandom(3);
  const device = createDevice(space, 'a');
  const expenses = benchExpenses(entryCount, 3);
  for (let from = 0; from < entryCount; from += changesPerPush) {
    const changes = expenses
      .slice(from, from + changesPerPush)
      .map(({ amountMinor, date, categoryId, title, note }) => {
        const money = { minor: amountMinor, currency: 'EUR' };
        return expense(random.uuid(), { amount: money, date, category: categoryId, description: title, note }, 1_764e9);
      });
    // From the log's head on, so that no answer carries what was pushed before.
    await pushTo(cloud, space, device.push(from / changesPerPush, changes));
  }
};

const bootstrap = async (server: BenchServer, way: string, space: string): Promise<Measured> => {
  const page = await BenchBrowser.open<ProductPage>(server.pageUrl('product'));
  try {
    server.takeTraffic();
    const measured = await bootstrapOn(page, space, server.token(space));
    const { requests } = server.takeTraffic();
    return { ...measured, measure: `bootstrap-heap-${way}`, seen: { ...measured.seen, requests } };
  } finally {
    await page.close();
  }
};

const bootstrapOn = async (
  page: BenchBrowser<ProductPage>,
  space: string,
  token: string,
): Promise<Omit<Measured, 'measure'>> => {
  const debug = await page.debug();
  await debug.send('Performance.enable');
  const startHeapBytes = await collectedHeapBytes(debug);
  const sampling = sampleHeap(page, debug);
  const { cpuMs, wallMs } = await page.measure('openAndSync', space, token);
  const { samples, heapBytesPeak, rssBytesPeak } = await sampling.stop();
  const { cursor } = await page.call('facts');
  const pulled = await page.call('entryCount');
  if (pulled !== entryCount) throw new Error(`${pulled} entries came`);
  return {
    judged: { heapBytes: { value: heapBytesPeak, max: heapBytesMax } },
    seen: {
      entries: entryCount,
      logEntries: cursor,
      heapBytesBefore: startHeapBytes,
      heapBytesAfterCollection: await collectedHeapBytes(debug),
      pageRssBytesPeak: rssBytesPeak,
      samples,
      cpuMs,
      wallMs,
    },
  };
};

const heapBytes = async (debug: CDPSession): Promise<number> => {
  const { metrics } = await debug.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? Number.NaN;
};

const collectedHeapBytes = async (debug: CDPSession): Promise<number> => {
  await debug.send('HeapProfiler.collectGarbage');
  return heapBytes(debug);
};

/** Asks for the heap's size again and again; the page answers between two of its tasks. */
const sampleHeap = (page: BenchBrowser<ProductPage>, debug: CDPSession) => {
  let isOver = false;
  let [samples, heapBytesPeak, rssBytesPeak] = [0, 0, 0];
  const run = async (): Promise<void> => {
    while (!isOver) {
      heapBytesPeak = Math.max(heapBytesPeak, await heapBytes(debug));
      rssBytesPeak = Math.max(rssBytesPeak, page.use().largestRssBytes);
      samples += 1;
      await delay(sampleEveryMs);
    }
  };
  const running = run();
  return {
    stop: async () => {
      isOver = true;
      await running;
      return { samples, heapBytesPeak, rssBytesPeak };
    },
  };
};
