import { inspect, parseArgs } from 'node:util';
import { ensureAppBuild } from '../../infra/local/app-build.ts';
import { createSharedCloud, runStory, type SharedCloud, type Story } from './harness/story.ts';
import { stories } from './stories/index.ts';
import { takeShots } from './shots.ts';

const usage = `npm run e2e [-- options]
  --only TEXT    run the stories whose name contains this
  --at-once N    run so many stories side by side, 2 if left out
  --shots DIR    take pictures of every screen into this folder instead`;

const tell = (line: string): void => void process.stdout.write(`${line}\n`);

const readOptions = () =>
  parseArgs({
    options: {
      only: { type: 'string', default: '' },
      'at-once': { type: 'string', default: '2' },
      shots: { type: 'string' },
    },
  }).values;

/** Each story has devices of its own and mostly waits, so that two take little longer than one. */
const run = async (chosen: readonly Story[], atOnce: number): Promise<number> => {
  const shared = createSharedCloud();
  const left = [...chosen.entries()];
  let failed = 0;
  const runOneByOne = async (): Promise<void> => {
    for (let next = left.shift(); next; next = left.shift()) {
      const [index, story] = next;
      if (!(await runOne(`[${index + 1}/${chosen.length}]`, story, shared))) failed += 1;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, runOneByOne));
  await shared.stop();
  return failed;
};

/** Tells of a story once it is over, in one piece. */
const runOne = async (place: string, story: Story, shared: SharedCloud): Promise<boolean> => {
  const lines = [`${place} ${story.name}`];
  const startedAtMs = Date.now();
  const outcome = await runStory(story, (line) => void lines.push(line), shared);
  const seconds = ((Date.now() - startedAtMs) / 1000).toFixed(1);
  lines.push(outcome.ok ? `    passed in ${seconds} s` : `    FAILED after ${seconds} s\n${inspect(outcome.error)}`);
  tell(lines.join('\n'));
  return outcome.ok;
};

const main = async (): Promise<void> => {
  const { only, shots, 'at-once': atOnce } = readOptions();
  const chosen = shots === undefined ? stories.filter(({ name }) => name.includes(only)) : [takeShots(shots)];
  if (chosen.length === 0) throw new Error(`No story's name contains "${only}". There are:\n${names()}`);
  // Once, before two stories want it at once.
  await ensureAppBuild();
  const failed = await run(chosen, Math.max(1, Number(atOnce)));
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
