import { brotliCompressSync } from 'node:zlib';
import { advisorWorkerBrotliBytesMax } from '../../scripts/size-limits.mjs';
import { bundleScript } from '../harness/page-bundle.ts';
import type { Bench } from '../harness/report.ts';

/** What a device fetches for its advisor, as a CDN sends it: the app's own worker. */
export const advisorBundleBench: Bench = {
  measures: ['advisor-bundle'],
  run: async () => {
    const script = Buffer.from(await bundleScript('app/src/advisor-worker.ts'));
    return [
      {
        measure: 'advisor-bundle',
        judged: { brotliBytes: { value: brotliCompressSync(script).byteLength, max: advisorWorkerBrotliBytesMax } },
        seen: { minifiedBytes: script.byteLength },
      },
    ];
  },
};
