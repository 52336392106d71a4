import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inspect, parseArgs } from 'node:util';
import { ask } from '../../scripts/ask.mjs';
import { type Cloud, type CloudAddresses, startCloud } from './cloud.ts';
import { LocalEngineError } from './dynamodb/java.ts';
import { openLogFile } from './log-file.ts';
import { StartError } from './start-error.ts';
import { wipeState } from './wipe-state.ts';

const usage = `npm start [-- options]
  --json         print one line of JSON with every address, and nothing else, to standard output
  --port N       serve the app at this port (0: any free one)
  --state DIR    keep everything in this folder instead of .local
  --dev          serve the app from its sources, with hot reload
  --reset        first delete every account and entry in the folder, after asking; --yes does not ask
  --site DIR     serve this folder instead of the app's build
  --end-with-stdin  end when standard input ends, as it does when the process that started this one dies`;

const repositoryRoot = fileURLToPath(new URL('../..', import.meta.url));

interface Options {
  readonly stateDir: string;
  readonly port: number | undefined;
  readonly siteDir: string | undefined;
  readonly isDev: boolean;
  readonly isJson: boolean;
  readonly isReset: boolean;
  readonly isConsented: boolean;
  readonly endsWithStdin: boolean;
}

function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      json: { type: 'boolean', default: false },
      port: { type: 'string' },
      state: { type: 'string', default: resolve(repositoryRoot, '.local') },
      dev: { type: 'boolean', default: false },
      reset: { type: 'boolean', default: false },
      yes: { type: 'boolean', default: false },
      site: { type: 'string' },
      'end-with-stdin': { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(`${usage}\n`);
    process.exit(0);
  }
  return {
    stateDir: resolve(values.state),
    port: values.port === undefined ? undefined : readPort(values.port),
    siteDir: values.site && resolve(values.site),
    isDev: values.dev,
    isJson: values.json,
    isReset: values.reset,
    isConsented: values.yes,
    endsWithStdin: values['end-with-stdin'],
  };
}

function readPort(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw new StartError(`--port takes a number from 0 to 65535, not ${text}.`);
}

async function confirmReset(stateDir: string): Promise<void> {
  if (!process.stdin.isTTY) throw new StartError('--reset asks first, and nobody is here to answer: add --yes.');
  const answer = await ask(`Delete every account and entry in ${stateDir}? Type yes: `);
  if (answer !== 'yes') throw new StartError('Nothing was deleted.');
}

function describe({ app, mailbox }: CloudAddresses, { stateDir }: Options): string {
  return [
    '',
    `  FinTrack AI     ${app}`,
    `  Mailbox         ${mailbox}   codes that it mails arrive here`,
    '',
    `  Everything is kept in ${stateDir}. Ctrl-C ends it.`,
    '',
  ].join('\n');
}

/** Resolves at the first sign that this process is to end. */
function endAsked({ endsWithStdin }: Options): Promise<void> {
  return new Promise((asked) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => asked());
    if (endsWithStdin) process.stdin.on('end', asked).on('error', asked).resume();
  });
}

async function run(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  const ended = endAsked(options);
  if (options.isReset) {
    if (!options.isConsented) await confirmReset(options.stateDir);
    await wipeState(options.stateDir);
  }
  // The releases in use are pinned, so that a later one wants a newer Node is nothing to tell who starts this.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  const starting = startCloud({ ...options, report: tell, openLog: openLogFile });
  const cloud = await Promise.race([starting, ended]);
  if (cloud) await runUntilEnd(cloud, options, ended);
  // Ctrl-C reaches the app's build as well, and that it then fails is no news.
  else
    await starting.then(
      (late) => late.close(),
      () => undefined,
    );
}

async function runUntilEnd(cloud: Cloud, options: Options, ended: Promise<void>): Promise<void> {
  if (options.isJson) process.stdout.write(`${JSON.stringify(cloud.addresses)}\n`);
  else process.stdout.write(`${describe(cloud.addresses, options)}\n`);
  const isAsked = await Promise.race([ended.then(() => true), cloud.databaseEnded.then(() => false)]);
  await cloud.close();
  if (!isAsked)
    throw new LocalEngineError('The local database has ended by itself: start again, nothing saved is lost.');
}

/** Standard error as it was before it became the log. */
const toTerminal = process.stderr.write.bind(process.stderr);

function tell(line: string): void {
  toTerminal(`${line}\n`);
}

try {
  await run();
  process.exit(0);
} catch (error) {
  const isExpected = error instanceof StartError || error instanceof LocalEngineError;
  const isBadOption = error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
  tell(isExpected ? error.message : isBadOption ? `${error.message}\n${usage}` : inspect(error));
  process.exit(1);
}
