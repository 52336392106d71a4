import { inspect } from 'node:util';
import { runBenches, tell } from './harness/report.ts';
import { localStoreBench } from './measures/local-store.ts';

// What a device's own store costs, without a server. See README.md.

try {
  process.exitCode = await runBenches([localStoreBench]);
} catch (error) {
  tell(inspect(error));
  process.exitCode = 1;
}
