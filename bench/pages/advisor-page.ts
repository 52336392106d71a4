import type { AdvisorWorker } from './advisor-worker.ts';

const worker = new Worker('/advisor-worker.js', { type: 'module' });

/** One call at a time. */
const call = <K extends keyof AdvisorWorker>(
  name: K,
  ...args: Parameters<AdvisorWorker[K]>
): Promise<ReturnType<AdvisorWorker[K]>> =>
  new Promise((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<ReturnType<AdvisorWorker[K]>>) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.postMessage({ name, args });
  });

const advisor = {
  fullAdvice: (count: number, times: number) => call('fullAdvice', count, times),
  keep: (count: number) => call('keep', count),
  addEach: (like: number, count: number) => call('addEach', like, count),
  learnCategories: (count: number) => call('learnCategories', count),
  suggestEach: (like: number, count: number) => call('suggestEach', like, count),
};

export type AdvisorPage = typeof advisor;

Object.assign(globalThis, { bench: advisor });
