import { inspect } from 'node:util';
import { runBenches, tell } from './harness/report.ts';
import { bootstrapHeapBench } from './measures/bootstrap-heap.ts';
import { firstSyncBench } from './measures/first-sync.ts';
import { foldBench } from './measures/fold.ts';
import { writeUnitsBench } from './measures/write-units.ts';

// The sync engine's speed, bytes, memory and cost against their bounds. See README.md.

try {
  process.exitCode = await runBenches([foldBench, writeUnitsBench, firstSyncBench, bootstrapHeapBench]);
} catch (error) {
  tell(inspect(error));
  process.exitCode = 1;
}
