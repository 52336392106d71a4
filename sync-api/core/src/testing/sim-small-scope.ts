import { applyAnswer } from '../client/apply-answer.ts';
import { exchange, prepareRequest } from '../client/exchange.ts';
import { newReplicaMeta } from '../client/new-replica.ts';
import { look, recordActs } from '../client/record-acts.ts';
import { idOfKey, kindOfKey, recordKey } from '../protocol/ids.ts';
import type { StoredEntry } from '../protocol/log-entry.ts';
import type { SyncAnswer, SyncRequest } from '../protocol/messages.ts';
import { handleSync } from '../server/handle-sync.ts';
import { isDeleted, isLive } from '../row.ts';
import { testId, testReplica } from './change-builder.ts';
import { createInvariants } from './invariants.ts';
import { createMemoryDisk, type DeviceState, emptyDeviceState, openMemoryClientStore } from './memory-client-store.ts';
import { createMemoryHistory } from './memory-lifecycle-stores.ts';
import { createMemoryChangeLog } from './memory-server-stores.ts';
import { judge } from './oracle.ts';
import { type Deed, textsOf } from './sim-person.ts';

/** What a person or a program does to the one record there is. */
export const smallActs = ['write', 'note', 'delete', 'generate'] as const;
export type SmallAct = (typeof smallActs)[number];

/** Two devices and what each does, in its order; everything else is explored. */
export type SmallScope = {
  readonly start: 'nothing' | 'shared' | 'deleted';
  readonly acts: readonly [readonly SmallAct[], readonly SmallAct[]];
  /** How far each clock is off, milliseconds. */
  readonly skewsMs: readonly [number, number];
  /** Rounds that a device may begin before everything is healed. */
  readonly roundsMax: number;
  /** Requests or answers that may be lost. */
  readonly lostMax: number;
};

export type SmallReport = { readonly states: number; readonly endings: number; readonly failure?: string };

type Asked = { readonly request: SyncRequest; readonly answer: SyncAnswer | null };

type SmallDevice = {
  readonly state: DeviceState;
  readonly asked: Asked | null;
  readonly acts: readonly SmallAct[];
  readonly rounds: number;
};

type SmallWorld = {
  readonly devices: readonly [SmallDevice, SmallDevice];
  readonly log: readonly StoredEntry[];
  readonly deeds: readonly Deed[];
  /** Acts so far: the world's time. */
  readonly acted: number;
  readonly lost: number;
};

const space = 'small';
const key = recordKey('template', testId(1));
const healingRoundsMax = 8;

type Step = (scope: SmallScope, world: SmallWorld, index: 0 | 1) => Promise<SmallWorld | undefined>;

/**
 * Every interleaving of acting, asking, being served and applying the answer, on two devices, one request or answer
 * lost at any point; states met before are not explored again. Each ending is healed and judged.
 */
export const explore = async (scope: SmallScope): Promise<SmallReport> => {
  const first = await begin(scope);
  const seen = new Set([nameOf(first)]);
  const open = [first];
  let endings = 0;
  for (let world = open.pop(); world; world = open.pop()) {
    if (isOver(world)) {
      endings += 1;
      const failure = await healAndJudge(scope, world);
      if (failure) return { states: seen.size, endings, failure };
    }
    for (const step of steps) {
      for (const index of [0, 1] as const) {
        const next = await step(scope, world, index);
        if (typeof next !== 'object') continue;
        const name = nameOf(next);
        if (seen.has(name)) continue;
        seen.add(name);
        open.push(next);
      }
    }
  }
  return { states: seen.size, endings };
};

const isOver = ({ devices }: SmallWorld): boolean => devices.every(({ asked, acts }) => !asked && acts.length === 0);

/** All that the future depends on, in one text. */
const nameOf = ({ devices, log, deeds, acted, lost }: SmallWorld): string =>
  JSON.stringify([
    devices.map(({ state, asked, acts, rounds }) => [
      state.meta,
      [...state.records],
      state.outbox,
      asked,
      acts.length,
      rounds,
    ]),
    log.map(({ entry }) => entry),
    deeds,
    acted,
    lost,
  ]);

const before: Readonly<Record<SmallScope['start'], readonly SmallAct[]>> = {
  nothing: [],
  shared: ['write'],
  deleted: ['write', 'delete'],
};

const begin = async (scope: SmallScope): Promise<SmallWorld> => {
  const device = (letter: string, acts: readonly SmallAct[]): SmallDevice => ({
    state: emptyDeviceState(newReplicaMeta(space, testReplica(letter))),
    asked: null,
    acts,
    rounds: 0,
  });
  let world: SmallWorld = { devices: [device('a', []), device('b', [])], log: [], deeds: [], acted: 0, lost: 0 };
  for (const act of before[scope.start]) world = await perform(scope, world, 0, act);
  for (const index of [0, 1] as const) world = await round(world, index);
  const [a, b] = world.devices;
  return {
    ...world,
    devices: [
      { ...a, acts: scope.acts[0] },
      { ...b, acts: scope.acts[1] },
    ],
  };
};

const withDevice = (world: SmallWorld, index: 0 | 1, change: Partial<SmallDevice>): SmallWorld => {
  const [a, b] = world.devices;
  return { ...world, devices: index === 0 ? [{ ...a, ...change }, b] : [a, { ...b, ...change }] };
};

const act: Step = async (scope, world, index) => {
  const [next, ...acts] = world.devices[index].acts;
  if (next === undefined) return undefined;
  return withDevice(await perform(scope, world, index, next), index, { acts });
};

const ask: Step = async ({ roundsMax }, world, index) => {
  const { state, asked, rounds } = world.devices[index];
  if (asked || rounds >= roundsMax) return undefined;
  const request = await prepareRequest(storeOf(createMemoryDisk(state)), 100);
  return withDevice(world, index, { asked: { request, answer: null }, rounds: rounds + 1 });
};

const serve: Step = async (_, world, index) => {
  const { asked } = world.devices[index];
  if (!asked || asked.answer) return undefined;
  const served = await answerOf(world, asked.request);
  return withDevice({ ...world, log: served.log }, index, { asked: { ...asked, answer: served.answer } });
};

const apply: Step = async (_, world, index) => {
  const { state, asked } = world.devices[index];
  if (!asked?.answer) return undefined;
  const disk = createMemoryDisk(state);
  await applyAnswer(storeOf(disk), asked.request, asked.answer, optionsOf(index));
  return withDevice(world, index, { state: disk.state, asked: null });
};

/** The request, or the answer to it, never arrives. */
const lose: Step = async ({ lostMax }, world, index) => {
  if (!world.devices[index].asked || world.lost >= lostMax) return undefined;
  return withDevice({ ...world, lost: world.lost + 1 }, index, { asked: null });
};

const steps: readonly Step[] = [act, ask, serve, apply, lose];

const storeOf = (disk: ReturnType<typeof createMemoryDisk>) => openMemoryClientStore(disk);
const optionsOf = (index: 0 | 1) => ({ newReplica: testReplica(index === 0 ? 'y' : 'z'), now: 1 });
const timeOf = ({ acted }: SmallWorld): number => 10_000 + 10 * acted;

const answerOf = async (world: SmallWorld, request: SyncRequest) => {
  const log = createMemoryChangeLog();
  for (const { entry, vector } of world.log) await log.append(space, entry, vector);
  const result = await handleSync(createMemoryHistory(log), space, request, timeOf(world) + 5);
  if (!result.ok) throw new Error(`refused: ${result.error.type}`);
  return { answer: result.value, log: log.entries(space) };
};

const perform = async (scope: SmallScope, world: SmallWorld, index: 0 | 1, kind: SmallAct): Promise<SmallWorld> => {
  const disk = createMemoryDisk(world.devices[index].state);
  const store = storeOf(disk);
  const { shown, sight } = await look(store, key);
  const on = { kind: kindOfKey(key), id: idOfKey(key), sight };
  const text = `text ${index} ${world.deeds.length}`;
  const values: Record<string, string> =
    kind === 'delete' ? {} : kind === 'note' && shown ? { note: text } : { description: text, note: `${text} note` };
  const isGone = shown !== undefined && isDeleted(shown);
  const made =
    kind === 'generate'
      ? ({ ...on, type: 'generate', values: { description: 'made', note: 'made' } } as const)
      : undefined;
  const typed = { ...on, type: 'set', values, ...(isGone ? { restore: true as const } : {}) } as const;
  const typedAt = timeOf(world);
  const wanted = made ?? (kind === 'delete' ? ({ ...on, type: 'delete' } as const) : typed);
  await recordActs(store, [wanted], { at: Math.max(0, typedAt + scope.skewsMs[index]) });
  const next = { ...withDevice(world, index, { state: disk.state }), acted: world.acted + 1 };
  const identity = disk.state === world.devices[index].state ? undefined : disk.state.outbox.at(-1)?.identities.at(-1);
  if (identity === undefined) return next;
  const deed: Deed = {
    type: kind === 'delete' || kind === 'generate' ? kind : 'write',
    key,
    device: `${index}`,
    values: made ? made.values : values,
    seen: isLive(shown) ? textsOf(shown) : {},
    seenDeletion: isGone ? (shown.deleted?.version.by ?? null) : null,
    typedAt,
    isClockRight: scope.skewsMs[index] === 0,
    identity,
    isPoison: false,
  };
  return { ...next, deeds: [...world.deeds, deed] };
};

const round = async (world: SmallWorld, index: 0 | 1): Promise<SmallWorld> => {
  const disk = createMemoryDisk(world.devices[index].state);
  let log = world.log;
  await exchange(
    storeOf(disk),
    {
      send: async (request) => {
        const served = await answerOf(world, request);
        log = served.log;
        return { type: 'answer', answer: served.answer };
      },
      part: async () => ({ type: 'unreachable' }),
    },
    { changesMax: 100, ...optionsOf(index) },
  );
  return withDevice({ ...world, log }, index, { state: disk.state });
};

const healAndJudge = async (scope: SmallScope, ending: SmallWorld): Promise<string | undefined> => {
  let world = ending;
  const isQuiet = () =>
    world.devices.every(({ state: { meta, outbox } }) => outbox.length === 0 && meta.cursor === world.log.length);
  for (let rounds = 0; !isQuiet(); rounds++) {
    if (rounds > healingRoundsMax) return `[I15] not settled: ${JSON.stringify(scope)}`;
    for (const index of [0, 1] as const) world = await round(world, index);
  }
  const invariants = createInvariants(() => world.log);
  const states = world.devices.map(({ state }) => state);
  const failure =
    invariants.atRest(states) ??
    states.map((state, n) => invariants.ofCommit(`${n}`, state, state)).find((each) => each !== undefined) ??
    judge({ deeds: world.deeds, erased: new Set(), wasCut: false, ...invariants.refold() });
  return failure && `${failure} in ${JSON.stringify(scope)}`;
};
