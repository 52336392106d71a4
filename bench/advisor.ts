import { inspect } from 'node:util';
import { runBenches, tell } from './harness/report.ts';
import { advisorBundleBench } from './measures/advisor-bundle.ts';
import { advisorLambdaBench } from './measures/advisor-lambda.ts';
import { advisorWorkerBench } from './measures/advisor-worker.ts';

// The advisor's speed, memory and size against their bounds. See README.md.

try {
  process.exitCode = await runBenches([advisorLambdaBench, advisorBundleBench, advisorWorkerBench]);
} catch (error) {
  tell(inspect(error));
  process.exitCode = 1;
}
