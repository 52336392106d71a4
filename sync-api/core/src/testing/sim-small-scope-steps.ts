import { applyAnswer } from '../client/apply-answer.ts';
import { prepareRequest } from '../client/exchange.ts';
import { type Act, look, recordActs } from '../client/record-acts.ts';
import { idOfKey, kindOfKey, recordKey } from '../protocol/ids.ts';
import type { StoredEntry } from '../protocol/log-entry.ts';
import type { SyncAnswer, SyncRequest } from '../protocol/messages.ts';
import { isDeleted, isLive } from '../row.ts';
import { handleSync } from '../server/handle-sync.ts';
import { testId, testReplica } from './change-builder.ts';
import { createInvariants, type Invariants } from './invariants.ts';
import { createMemoryDisk, type DeviceState, openMemoryClientStore } from './memory-client-store.ts';
import { createMemoryHistory } from './memory-lifecycle-stores.ts';
import { createMemoryChangeLog } from './memory-server-stores.ts';
import { type Deed, textsOf } from './sim-person.ts';
import { contentOfState, createPool, type Held, type Side, type SmallWorld } from './sim-small-scope-world.ts';

/** What a person or a program does to the one record there is. */
export const smallActs = ['write', 'note', 'delete', 'generate'] as const;
export type SmallAct = (typeof smallActs)[number];

export const smallSpace = 'small';
const key = recordKey('template', testId(1));
/** The first act's time, and what passes between two acts. */
const startMs = 10_000_000;
export const actMs = 10;
/**
 * The server's clock only bounds an author's from above (F6). Where no clock is ahead it bounds nothing, whenever the push
 * comes, so that all pushes may come at one time; else each comes in the middle between two acts.
 */
const afterAllMs = startMs + 1000;

/** Logs that stay folded for the judge. */
const judgesMax = 1000;

type Log = Held<readonly StoredEntry[]>;
type Performed = { readonly state: Held<DeviceState>; readonly deed: Held<Deed> };
type Served = { readonly log: Log; readonly answer: Held<SyncAnswer> };

/**
 * What the production code makes of one device's state, one request or one answer. Each is a function of its arguments
 * alone, and is worked out once; worlds share the results. A commit that breaks an invariant throws.
 */
export const createSteps = (skewsMs: readonly [number, number]) => {
  const states = createPool(contentOfState as (state: DeviceState) => unknown);
  const requests = createPool<SyncRequest>((request) => request);
  const answers = createPool<SyncAnswer>((answer) => answer);
  const logs = createPool<readonly StoredEntry[]>((log) => log);
  const deeds = createPool<Deed>((deed) => deed);
  const lists = createPool<readonly Held<Deed>[]>((list) => list.map(({ id }) => id));
  const isAhead = skewsMs.some((skewMs) => skewMs > 0);
  const judges = new Map<number, Invariants>();

  const judgeOf = (log: Log): Invariants => {
    const known = judges.get(log.id);
    if (known) return known;
    if (judges.size >= judgesMax) judges.clear();
    const judge = createInvariants(() => log.value);
    judges.set(log.id, judge);
    return judge;
  };
  const committed = (log: Log, side: Side, before: Held<DeviceState>, after: DeviceState): Held<DeviceState> => {
    const failure = judgeOf(log).ofCommit(`device ${side}`, before.value, after);
    if (failure) throw new Error(failure);
    return states.hold(after);
  };

  return {
    states,
    logs,
    nothingDone: lists.hold([]),
    judgeOf,
    /** Nothing where the act would change nothing. */
    act: remember(
      (side: Side, kind: SmallAct, from: Held<DeviceState>, world: SmallWorld) =>
        `${side} ${kind} ${from.id} ${world.deeds.value.length}`,
      async (side: Side, kind: SmallAct, from: Held<DeviceState>, world: SmallWorld): Promise<Performed | null> => {
        const disk = createMemoryDisk(from.value);
        const typedAt = startMs + actMs * world.deeds.value.length;
        const deed = await perform(disk, side, kind, typedAt, skewsMs[side]);
        return deed ? { state: committed(world.log, side, from, disk.state), deed: deeds.hold(deed) } : null;
      },
    ),
    /** What was done, and this. */
    also: (before: SmallWorld['deeds'], deed: Held<Deed>): SmallWorld['deeds'] => lists.hold([...before.value, deed]),
    ask: remember(
      (from: Held<DeviceState>) => `${from.id}`,
      async (from: Held<DeviceState>) => {
        if (from.value.meta.bootstrap) throw new Error('a small world has no snapshots');
        return requests.hold(await prepareRequest(openMemoryClientStore(createMemoryDisk(from.value)), 100));
      },
    ),
    serve: remember(
      (request: Held<SyncRequest>, log: Log, acted: number) => `${request.id} ${log.id} ${acted}`,
      async (request: Held<SyncRequest>, log: Log, acted: number): Promise<Served> => {
        const there = createMemoryChangeLog();
        for (const { entry, vector } of log.value) await there.append(smallSpace, entry, vector);
        const receivedAt = isAhead ? startMs + actMs * acted - actMs / 2 : afterAllMs;
        const result = await handleSync(createMemoryHistory(there), smallSpace, request.value, receivedAt);
        if (!result.ok) throw new Error(`refused: ${result.error.type}`);
        return { log: logs.hold([...there.entries(smallSpace)]), answer: answers.hold(result.value) };
      },
    ),
    apply: remember(
      (side: Side, from: Held<DeviceState>, request: Held<SyncRequest>, answer: Held<SyncAnswer>, _log: Log) =>
        `${side} ${from.id} ${request.id} ${answer.id}`,
      async (
        side: Side,
        from: Held<DeviceState>,
        request: Held<SyncRequest>,
        answer: Held<SyncAnswer>,
        log: Log,
      ): Promise<Held<DeviceState>> => {
        const disk = createMemoryDisk(from.value);
        const options = { newReplica: testReplica(side === 0 ? 'y' : 'z'), now: 1 };
        const outcome = await applyAnswer(openMemoryClientStore(disk), request.value, answer.value, options);
        if (outcome.type === 'corrupt') throw new Error('[P4] an answer contradicts itself');
        return committed(log, side, from, disk.state);
      },
    ),
  };
};

export type Steps = ReturnType<typeof createSteps>;

const remember = <Args extends readonly unknown[], T>(
  nameOf: (...args: Args) => string,
  work: (...args: Args) => Promise<T>,
): ((...args: Args) => T | Promise<T>) => {
  const known = new Map<string, T>();
  const learn = async (name: string, args: Args): Promise<T> => {
    const result = await work(...args);
    known.set(name, result);
    return result;
  };
  return (...args) => {
    const name = nameOf(...args);
    const result = known.get(name);
    return result === undefined ? learn(name, args) : result;
  };
};

const perform = async (
  disk: ReturnType<typeof createMemoryDisk>,
  side: Side,
  kind: SmallAct,
  typedAt: number,
  skewMs: number,
): Promise<Deed | undefined> => {
  const store = openMemoryClientStore(disk);
  const before = disk.state;
  const { shown, sight } = await look(store, key);
  const isGone = shown !== undefined && isDeleted(shown);
  const values = valuesOf(kind, shown !== undefined, `at ${typedAt}`);
  const on = { kind: kindOfKey(key), id: idOfKey(key), sight };
  const act: Act =
    kind === 'delete'
      ? { ...on, type: 'delete' }
      : kind === 'generate'
        ? { ...on, type: 'generate', values }
        : { ...on, type: 'set', values, ...(isGone ? { restore: true } : {}) };
  const recorded = await recordActs(store, [act], { at: typedAt + skewMs });
  if (!recorded.ok) throw new Error(`not recorded: ${recorded.error.type}`);
  const identity = disk.state === before ? undefined : disk.state.outbox.at(-1)?.identities.at(-1);
  if (identity === undefined) return undefined;
  return {
    type: kind === 'delete' || kind === 'generate' ? kind : 'write',
    key,
    device: `${side}`,
    values,
    seen: isLive(shown) ? textsOf(shown) : {},
    seenDeletion: isGone ? (shown.deleted?.version.by ?? null) : null,
    typedAt,
    isClockRight: skewMs === 0,
    identity,
    isPoison: false,
  };
};

const valuesOf = (kind: SmallAct, isThere: boolean, text: string): Readonly<Record<string, string>> => {
  if (kind === 'delete') return {};
  if (kind === 'generate') return { description: 'made', note: 'made' };
  return isThere && kind === 'note' ? { note: text } : { description: text, note: `${text}, a note` };
};
