import { look, recordActs } from '../client/record-acts.ts';
import { type RecordKey, recordKey } from '../protocol/ids.ts';
import type { DeviceState } from './memory-client-store.ts';
import type { Random } from './random.ts';
import {
  type Deed,
  newerKey,
  type OnScreen,
  type Person,
  type Plan,
  planAct,
  planRestore,
  poisoned,
  worldKeys,
} from './sim-person.ts';
import { DiskFull, type Profile } from './sim-profile.ts';
import type { SimTab } from './sim-tab.ts';
import type { World } from './sim-world.ts';

/** The people of a world: one at each open page. */
export class SimPeople {
  /** Acts that were begun; those of them that a report's `events` leave out included. */
  attempts = 0;
  private readonly world: World;
  private readonly random: Random;
  /** How likely a person syncs after each act, and writes several records at once: worlds differ in their people. */
  private readonly eagerness: number;
  private readonly togetherness: number;
  private texts = 0;

  constructor(world: World, random: Random) {
    this.world = world;
    this.random = random;
    this.eagerness = random.pick([0.1, 0.3, 0.8]);
    this.togetherness = random.pick([0.2, 0.5]);
  }

  /** A text that nobody typed before. */
  fresh(): string {
    return `text ${++this.texts}`;
  }

  async sitAt(tab: SimTab): Promise<void> {
    const isEager = this.random.chance(this.eagerness);
    for (;;) {
      await this.world.scheduler.sleep(tab.task, thinkMs(this.random));
      if (this.world.faults.isCalm) return;
      const isSaved = await this.act(tab).catch((error: unknown) => {
        if (!(error instanceof DiskFull)) throw error;
        return false; // the form keeps its text; the person may try again
      });
      if (isSaved && isEager) tab.wake('saved');
    }
  }

  /** A person looks at a record, or at several, takes their time, and acts on what they saw. */
  private async act(tab: SimTab): Promise<boolean> {
    const { profile, task } = tab;
    const isMisled = this.world.invariants.isExcused(profile.state);
    const plans: Plan[] = [];
    for (const key of this.keysFor(profile)) {
      const screen: OnScreen = { key, ...(await look(profile.open(task), key)) };
      const plan = this.plan(profile, screen);
      if (plan) plans.push(plan);
    }
    if (this.random.chance(0.5)) await this.world.scheduler.sleep(task, this.random.pick([20, 300, 60_000]));
    if (plans.length === 0) return false;
    this.attempts += plans.length;
    if (!this.world.allows(`act ${this.attempts}`)) return false;
    return this.commit(tab, plans, isMisled);
  }

  private async commit({ profile, task }: SimTab, plans: readonly Plan[], isMisled: boolean): Promise<boolean> {
    const typedAt = this.world.scheduler.nowMs;
    const isClockRight = profile.skewMs === 0;
    const isPoison = plans.some((plan) => plan.deed.isPoison);
    const store = profile.open(task, (_, after) => {
      const isStill = this.world.invariants.isExcused(after);
      this.note(after, plans, { typedAt, isClockRight, isMisled: isMisled || isStill });
    });
    const recorded = await recordActs(
      store,
      plans.map((plan) => plan.act),
      { at: profile.now(), ...(isPoison ? { check: () => undefined } : {}) },
    );
    if (!recorded.ok) throw new Error(`an honest act was refused: ${JSON.stringify(recorded.error)}`);
    return recorded.value !== null;
  }

  /** What was committed is written down in the same moment, whether or not the person lives to hear of it. */
  private note(
    after: DeviceState,
    plans: readonly Plan[],
    when: Pick<Deed, 'typedAt' | 'isClockRight' | 'isMisled'>,
  ): void {
    const item = after.outbox.at(-1);
    for (const [index, change] of (item?.changes ?? []).entries()) {
      const plan = plans.find(({ deed }) => deed.key === recordKey(change.kind, change.id));
      const identity = item?.identities[index];
      if (!plan || identity === undefined) throw new Error('a commit holds what nobody did');
      this.world.deeds.push({ ...plan.deed, ...when, identity });
      this.world.acts += 1;
      this.world.tell(() => `${plan.deed.device} typed ${identity}: ${JSON.stringify(plan.deed)}`);
    }
  }

  private plan(profile: Profile, screen: OnScreen): Plan | undefined {
    const { journal } = profile.state;
    const person: Person = { device: profile.name, isNewer: profile.isNewer, fresh: () => this.fresh() };
    const lost = this.random.chance(0.05) ? journal.findLast((each) => each.key === screen.key) : undefined;
    const drawn = lost ? planRestore(person, screen, lost) : planAct(this.random, person, screen);
    if (drawn?.deed.type !== 'write' || screen.key === newerKey) return drawn;
    return this.world.faults.strikes('poison', 0.02) ? poisoned(drawn) : drawn;
  }

  /** One record, or a few for acts that travel together. */
  private keysFor(profile: Profile): readonly RecordKey[] {
    const known = profile.isNewer ? [...worldKeys, newerKey] : worldKeys;
    const count = this.random.chance(this.togetherness) ? this.random.between(2, 4) : 1;
    return [...new Set(Array.from({ length: count }, () => this.random.pick(known)))];
  }
}

const thinkMs = (random: Random): number => {
  const draw = random.next();
  if (draw < 0.65) return random.between(5, 400);
  return draw < 0.95 ? random.between(1000, 30_000) : random.between(300_000, 3_600_000);
};
