import { inspect, parseArgs } from 'node:util';
import { createSharedCloud, runStory, type Story } from './harness/story.ts';
import { stories } from './stories/index.ts';
import { takeShots } from './shots.ts';

const usage = `npm run e2e [-- options]
  --only TEXT    run the stories whose name contains this
  --shots DIR    take pictures of every screen into this folder instead`;

const tell = (line: string): void => void process.stdout.write(`${line}\n`);

const readOptions = () =>
  parseArgs({ options: { only: { type: 'string', default: '' }, shots: { type: 'string' } } }).values;

const run = async (chosen: readonly Story[]): Promise<number> => {
  let failed = 0;
  const shared = createSharedCloud();
  for (const [index, story] of chosen.entries()) {
    tell(`[${index + 1}/${chosen.length}] ${story.name}`);
    const startedAtMs = Date.now();
    const outcome = await runStory(story, tell, shared);
    const seconds = ((Date.now() - startedAtMs) / 1000).toFixed(1);
    tell(outcome.ok ? `    passed in ${seconds} s` : `    FAILED after ${seconds} s\n${inspect(outcome.error)}`);
    if (!outcome.ok) failed += 1;
  }
  await shared.stop();
  return failed;
};

const main = async (): Promise<void> => {
  const { only, shots } = readOptions();
  const chosen = shots === undefined ? stories.filter(({ name }) => name.includes(only)) : [takeShots(shots)];
  if (chosen.length === 0) throw new Error(`No story's name contains "${only}". There are:\n${names()}`);
  const failed = await run(chosen);
  process.stdout.write(`${JSON.stringify({ passed: chosen.length - failed, failed })}\n`);
  process.exitCode = failed === 0 ? 0 : 1;
};

const names = (): string => stories.map(({ name }) => `  ${name}`).join('\n');

try {
  await main();
} catch (error) {
  tell(`${error instanceof Error ? error.message : inspect(error)}\n${usage}`);
  process.exitCode = 1;
}
