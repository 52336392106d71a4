import { claimActs, ClaimTaken, mayForgetLocal, onlyAfter } from '../client/claim.ts';
import { newReplicaMeta } from '../client/new-replica.ts';
import type { ClaimProgress } from '../client/ports.ts';
import { type Act, look, recordActs } from '../client/record-acts.ts';
import { type Identity, type RecordKey, recordKey } from '../protocol/ids.ts';
import type { Row } from '../row.ts';
import { createMemoryDisk, type DeviceState, emptyDeviceState, openMemoryClientStore } from './memory-client-store.ts';
import type { Task } from './scheduler.ts';
import { type Deed, planAct, textOf, worldKeys } from './sim-person.ts';
import type { Profile } from './sim-profile.ts';
import type { World } from './sim-world.ts';

/** What somebody typed on a device before there was an account, as it stood when they signed in [D9]. */
export type LocalLedger = {
  /** Its own name. */
  readonly from: string;
  /** By key. */
  readonly rows: ReadonlyMap<RecordKey, Row>;
  /** Under which identities each record was claimed, on any copy of the profile, however often. */
  readonly claimed: Map<RecordKey, Identity[]>;
};

const recordsPerChunk = 2;
const actsMax = 8;

/** Somebody signs in on a device on which they have kept a ledger for an hour, on two pages at once perhaps. */
export const signInWithLedger = async (world: World, profile: Profile): Promise<void> => {
  const local = await typeLedger(world);
  if (local.rows.size === 0 || profile.local) return;
  world.tell(() => `${profile.name} has a ledger of its own: ${[...local.rows.keys()].join()}`);
  world.locals.set(local.from, local);
  profile.local = local;
  for (const tab of profile.tabs) world.run(claim(world, profile, tab.task));
  if (profile.tabs.length === 0 || world.random.chance(0.5)) world.openTab(profile);
};

const typeLedger = async ({ random, people, scheduler }: World): Promise<LocalLedger> => {
  const from = random.hex(16);
  const disk = createMemoryDisk(emptyDeviceState(newReplicaMeta('local', from)));
  const store = openMemoryClientStore(disk, { onBegin: (running) => scheduler.track(running) });
  const person = { device: 'nobody yet', isNewer: false, fresh: () => people.fresh() };
  let at = scheduler.nowMs - 3_600_000;
  for (let acts = random.between(2, actsMax); acts > 0; acts--) {
    const key = random.pick(worldKeys);
    const plan = planAct(random, person, { key, ...(await look(store, key)) });
    at += random.between(1000, 300_000);
    if (plan) await recordActs(store, [plan.act], { at });
  }
  const shown = [...disk.state.records].flatMap(([key, row]) => (row.shown ? [[key, row.shown] as const] : []));
  return { from, rows: new Map(shown.sort(([a], [b]) => (a < b ? -1 : 1))), claimed: new Map() };
};

/** Copies what is left to be copied, as the app does at every start; another page may be at it too. */
export const claim = async (world: World, profile: Profile, task: Task): Promise<void> => {
  const { local } = profile;
  if (!local) return;
  const before = await profile.open(task).transact(async (reads) => ({ result: (await reads.meta()).claim }));
  let progress: ClaimProgress = before?.from === local.from ? before : { from: local.from, after: '', done: false };
  while (!progress.done) {
    const seen = progress;
    const chunk = [...local.rows].filter(([key]) => key > seen.after).slice(0, recordsPerChunk);
    progress = { from: local.from, after: chunk.at(-1)?.[0] ?? seen.after, done: chunk.length === 0 };
    const acts = chunk.flatMap(([, row]) => claimActs(row));
    const store = profile.open(task, (from, after) => {
      if (isDone(from.meta.claim, progress)) world.found(`[D9] ${profile.name} copies what it has copied`);
      note(world, profile, local, acts, after);
    });
    const isTaken = await recordActs(onlyAfter(store, seen), acts, { at: profile.now(), claim: progress }).then(
      (recorded) => !recorded.ok,
      (error: unknown) => {
        if (!(error instanceof ClaimTaken)) throw error;
        world.faults.count('claimTaken');
        return true;
      },
    );
    if (isTaken) return;
  }
  for (const tab of profile.tabs) tab.wake('saved');
};

const isDone = (before: ClaimProgress | undefined, next: ClaimProgress): boolean =>
  before?.from === next.from && (before.done || (before.after >= next.after && !next.done));

const note = (world: World, profile: Profile, local: LocalLedger, acts: readonly Act[], after: DeviceState): void => {
  const item = acts.length > 0 ? after.outbox.at(-1) : undefined;
  for (const [index, act] of acts.entries()) {
    const key = recordKey(act.kind, act.id);
    const identity = item?.identities[index];
    if (identity === undefined) return world.found('[D9] less was claimed than there is');
    local.claimed.set(key, [...(local.claimed.get(key) ?? []), identity]);
    const deed = deedOf(profile, key, act, identity);
    world.deeds.push(deed);
    world.tell(() => `${profile.name} claims ${identity}: ${JSON.stringify(deed)}`);
  }
};

/** Whoever typed it saw nothing of the account. */
const deedOf = ({ name }: Profile, key: RecordKey, act: Act, identity: Identity): Deed => {
  const values = act.type === 'delete' ? [] : Object.entries(act.values);
  return {
    type: act.type === 'set' ? 'write' : act.type,
    key,
    device: name,
    values: Object.fromEntries(values.map(([group, value]) => [group, textOf(value)])),
    seen: {},
    seenDeletion: null,
    typedAt: act.at ?? 0,
    isClockRight: true,
    identity,
    isPoison: false,
  };
};

/** The local ledger goes as soon as the account has all of it; then the log must have had it. */
export const forgetIfClaimed = (world: World, profile: Profile): void => {
  const { local, state } = profile;
  const waiting = state.outbox.filter((item) => item.claimed).length;
  if (!local || !mayForgetLocal(state.meta, local.from, waiting)) return;
  profile.local = undefined;
  profile.forgotten = local;
  world.tell(() => `${profile.name} forgets its own ledger`);
  for (const [key, row] of local.rows) {
    const expected = claimActs(row).length;
    const landed = (local.claimed.get(key) ?? []).filter((identity) => world.invariants.everLanded(identity));
    if (landed.length < expected) world.found(`[D9] ${profile.name} forgot ${key}, and the log never had it`);
  }
};
