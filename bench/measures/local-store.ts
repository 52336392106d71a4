import { randomUUID } from 'node:crypto';
import { type BenchServer, startBenchServer } from '../harness/bench-server.ts';
import { BenchBrowser } from '../harness/browser.ts';
import { type Bench, type Measured, tell } from '../harness/report.ts';
import { median, quantile } from '../harness/statistics.ts';
import type { FloorPage } from '../pages/floor-page.ts';
import type { ProductPage } from '../pages/product-page.ts';

const entryCount = 10_000;
const saveCount = 100;
/** Saves whose code is not compiled yet; not counted. */
const warmUpSaves = 20;

type Round = {
  readonly importCpuMs: number;
  readonly importWallMs: number;
  readonly floorImportCpuMs: number;
  readonly saveMs: readonly number[];
  readonly putMs: readonly number[];
};

/**
 * A bulk import, with outbox, totals and history, beside plain records written to plain IndexedDB; then one entry after
 * the other, durable, beside a raw put that is flushed to disk as well.
 */
export const localStoreBench: Bench = {
  measures: ['import', 'save'],
  run: async ({ rounds, cloud }) => {
    const server = await startBenchServer(await cloud());
    try {
      const measured: Round[] = [];
      for (let round = 1; round <= rounds; round++) {
        measured.push({ ...(await ofProduct(server)), ...(await ofFloor(server)) });
        tell(`local store, round ${round} of ${rounds}`);
      }
      return [importOf(measured), saveOf(measured)];
    } finally {
      await server.close();
    }
  },
};

const ofProduct = async (server: BenchServer): Promise<Pick<Round, 'importCpuMs' | 'importWallMs' | 'saveMs'>> => {
  const page = await BenchBrowser.open<ProductPage>(server.pageUrl('product'));
  try {
    await page.call('open', randomUUID(), '');
    const { cpuMs, wallMs } = await page.measure('importExpenses', entryCount);
    await page.call('saveEach', warmUpSaves);
    return { importCpuMs: cpuMs, importWallMs: wallMs, saveMs: await page.call('saveEach', saveCount) };
  } finally {
    await page.close();
  }
};

const ofFloor = async (server: BenchServer): Promise<Pick<Round, 'floorImportCpuMs' | 'putMs'>> => {
  const page = await BenchBrowser.open<FloorPage>(server.pageUrl('floor'));
  try {
    await page.call('open');
    const { cpuMs } = await page.measure('importExpenses', entryCount);
    await page.call('saveEach', warmUpSaves);
    return { floorImportCpuMs: cpuMs, putMs: await page.call('saveEach', saveCount) };
  } finally {
    await page.close();
  }
};

const importOf = (rounds: readonly Round[]): Measured => {
  const of = (pick: (round: Round) => number): number => median(rounds.map(pick));
  return {
    measure: 'import',
    judged: { cpuRatio: { value: of((round) => round.importCpuMs / round.floorImportCpuMs), max: 2 } },
    seen: {
      entries: entryCount,
      cpuMs: of(({ importCpuMs }) => importCpuMs),
      floorCpuMs: of(({ floorImportCpuMs }) => floorImportCpuMs),
      wallMs: of(({ importWallMs }) => importWallMs),
    },
  };
};

const saveOf = (rounds: readonly Round[]): Measured => {
  const of = (pick: (round: Round) => number): number => median(rounds.map(pick));
  return {
    measure: 'save',
    judged: { medianRatio: { value: of(({ saveMs, putMs }) => median(saveMs) / median(putMs)), max: 2 } },
    seen: {
      saves: saveCount,
      saveMedianMs: of(({ saveMs }) => median(saveMs)),
      saveP95Ms: of(({ saveMs }) => quantile(saveMs, 0.95)),
      putMedianMs: of(({ putMs }) => median(putMs)),
      putP95Ms: of(({ putMs }) => quantile(putMs, 0.95)),
    },
  };
};
