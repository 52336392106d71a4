import { BenchBrowser } from '../harness/browser.ts';
import { bundleScript } from '../harness/page-bundle.ts';
import { startPageServer } from '../harness/page-server.ts';
import { type Bench, type Measured, tell } from '../harness/report.ts';
import { median, quantile } from '../harness/statistics.ts';
import { watchWorkerHeap } from '../harness/worker-heap.ts';
import type { AdvisorPage } from '../pages/advisor-page.ts';

/** Sizes, and how often each is done in a round: the smaller, the more often, as a short time says little. */
const sizes = [
  { entries: 1000, times: 9 },
  { entries: 10_000, times: 5 },
  { entries: 100_000, times: 1 },
] as const;
const largest = 100_000;
/** Done before, so that the engine has compiled what is measured; not counted. */
const warmUps = [1000, 10_000, 10_000, largest];
const additions = 200;
const warmUpAdditions = 20;
/** Over n log n: caches that a large ledger no longer fits into, and what the collector has to walk through. */
const growthMargin = 1.6;
/** Of the time of a full advice. What an added entry costs must not be of that kind. */
const additionShareMax = 0.03;
const suggestions = 500;
const heapBytesMax = 100_000_000;

/** The advisor in a worker of its own, as the page has it: a whole ledger, and one entry more. */
export const advisorWorkerBench: Bench = {
  measures: ['advice-growth', 'advice-after-one-entry', 'category-suggestion', 'advisor-heap'],
  run: async ({ rounds }) => {
    const names = ['advisor-page', 'advisor-worker'];
    const scripts = await Promise.all(
      names.map(async (name) => [name, await bundleScript(`bench/pages/${name}.ts`)] as const),
    );
    const server = await startPageServer(Object.fromEntries(scripts));
    const page = await BenchBrowser.open<AdvisorPage>(server.pageUrl('advisor-page'));
    try {
      const fullMs = await timesBySize(page, rounds);
      const heap = await heapOf(page);
      return [growthOf(fullMs), await oneEntry(page, fullMs.get(largest) ?? []), await suggestion(page), heap];
    } finally {
      await page.close();
      await server.close();
    }
  },
};

type TimesBySize = ReadonlyMap<number, readonly number[]>;

const timesBySize = async (page: BenchBrowser<AdvisorPage>, rounds: number): Promise<TimesBySize> => {
  for (const entries of warmUps) await page.call('fullAdvice', entries, 1);
  const taken = new Map<number, number[]>(sizes.map(({ entries }) => [entries, []]));
  for (let round = 1; round <= rounds; round++) {
    for (const { entries, times } of sizes)
      taken.get(entries)?.push(...(await page.call('fullAdvice', entries, times)));
    tell(`advice, round ${round} of ${rounds}`);
  }
  return taken;
};

const growthOf = (fullMs: TimesBySize): Measured => {
  const msOf = (entries: number): number => median(fullMs.get(entries) ?? []);
  /** 1 where the time grows as n log n does, less where it grows more slowly. */
  const growth = (from: number, to: number): number =>
    msOf(to) / msOf(from) / ((to * Math.log2(to)) / (from * Math.log2(from)));
  return {
    measure: 'advice-growth',
    judged: {
      from1kTo10k: { value: growth(1000, 10_000), max: growthMargin },
      from10kTo100k: { value: growth(10_000, largest), max: growthMargin },
      from1kTo100k: { value: growth(1000, largest), max: growthMargin },
    },
    seen: { '1kMs': msOf(1000), '10kMs': msOf(10_000), '100kMs': msOf(largest), '100kTargetMs': 1000 },
  };
};

const oneEntry = async (page: BenchBrowser<AdvisorPage>, fullMs: readonly number[]): Promise<Measured> => {
  await page.call('addEach', largest, warmUpAdditions);
  const taken = await page.call('addEach', largest, additions);
  return {
    measure: 'advice-after-one-entry',
    judged: { shareOfFull: { value: median(taken) / median(fullMs), max: additionShareMax } },
    seen: {
      entries: largest,
      additions,
      medianMs: median(taken),
      medianTargetMs: 5,
      p95Ms: quantile(taken, 0.95),
      p95TargetMs: 15,
    },
  };
};

/** Learns every entry of the largest ledger, then is asked about titles as far as they are typed. */
const suggestion = async (page: BenchBrowser<AdvisorPage>): Promise<Measured> => {
  const sliceMs = await page.call('learnCategories', largest);
  const taken = await page.call('suggestEach', largest, suggestions);
  return {
    measure: 'category-suggestion',
    judged: {},
    seen: {
      learned: largest,
      learningMs: sliceMs.reduce((sum, ms) => sum + ms, 0),
      learningTargetMs: 5000,
      longestSliceMs: Math.max(...sliceMs),
      suggestions,
      meanMs: taken.reduce((sum, ms) => sum + ms, 0) / taken.length,
      p95Ms: quantile(taken, 0.95),
      targetMs: 1,
    },
  };
};

const heapOf = async (page: BenchBrowser<AdvisorPage>): Promise<Measured> => {
  const heap = await watchWorkerHeap(await page.debug());
  await page.call('keep', largest);
  const withGarbageBytes = await heap.usedBytes();
  const keptBytes = await heap.keptBytes();
  return {
    measure: 'advisor-heap',
    judged: { heapBytes: { value: keptBytes, max: heapBytesMax } },
    seen: { entries: largest, withGarbageBytes },
  };
};
