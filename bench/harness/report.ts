import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { type BenchCloud, startBenchCloud } from './bench-cloud.ts';
import { calibrationMs } from './calibration.ts';
import { rounded } from './statistics.ts';

/** A ratio, a count or a number of bytes that is held against a target: it fails above `max`. */
export type Judged = { readonly value: number; readonly max: number };

export type Measured = {
  readonly measure: string;
  /** By name; any of them above its `max` fails the run. */
  readonly judged: Readonly<Record<string, Judged>>;
  /** What cannot fail: times, and what the ratios are made of. Units stand last in the names. */
  readonly seen: Readonly<Record<string, number | string>>;
};

export type BenchSetting = {
  /** How often contenders take turns. */
  readonly rounds: number;
  /** Started when it is first asked for. */
  readonly cloud: () => Promise<BenchCloud>;
};

export type Bench = {
  /** What `--only` chooses by: names of its measures. */
  readonly measures: readonly string[];
  readonly run: (setting: BenchSetting) => Promise<readonly Measured[]>;
};

const roundsDefault = 3;

/**
 * Runs the benches that `--only` leaves and writes one JSON line a measure to standard output. Gives the exit code: 1 if
 * anything judged is above its target.
 */
export const runBenches = async (benches: readonly Bench[]): Promise<0 | 1> => {
  const { only, rounds } = readOptions();
  const chosen = benches.filter(({ measures }) => measures.some((name) => name.includes(only)));
  if (chosen.length === 0) throw new Error(`there is no such measure as ${only}`);
  let started: Promise<BenchCloud> | undefined;
  const setting: BenchSetting = { rounds, cloud: () => (started ??= startBenchCloud()) };
  try {
    const results: boolean[] = [];
    for (const bench of chosen) results.push(await runBench(bench, setting));
    return results.every(Boolean) ? 0 : 1;
  } finally {
    await (await started)?.close();
  }
};

/** Whether everything judged keeps its target. */
const runBench = async ({ run }: Bench, setting: BenchSetting): Promise<boolean> => {
  const loopMs = calibrationMs();
  const lines = (await run(setting)).map((measured) => lineOf(measured, loopMs));
  for (const line of lines) process.stdout.write(`${JSON.stringify(line)}\n`);
  return lines.every(({ ok }) => ok);
};

const readOptions = () => {
  const { values } = parseArgs({ options: { only: { type: 'string' }, rounds: { type: 'string' } } });
  return { only: values.only ?? '', rounds: Math.max(1, Number(values.rounds ?? roundsDefault)) };
};

const lineOf = ({ measure, judged, seen }: Measured, loopMs: number) => ({
  measure,
  ok: Object.values(judged).every(({ value, max }) => value <= max),
  judged: Object.fromEntries(
    Object.entries(judged).map(([name, { value, max }]) => [name, { value: rounded(value), max }]),
  ),
  seen: Object.fromEntries(
    Object.entries(seen).map(([name, value]) => [name, typeof value === 'number' ? rounded(value) : value]),
  ),
  calibrationMs: rounded(loopMs),
  loadAverage: rounded(loadavg()[0] ?? 0),
});

// Kept here, as the functions' log is turned away from it later.
const say = process.stderr.write.bind(process.stderr);

/** For whoever waits, on standard error: results alone go to standard output. */
export const tell = (line: string): void => void say(`${line}\n`);
