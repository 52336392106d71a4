import type { Random } from './random.ts';

/** Something that runs in steps and may be killed between any two of them. */
export type Task = { isKilled: boolean };

/** What a killed task meets at its next pause: it unwinds, and nothing after that await happens. */
export class Killed extends Error {}
const killed = new Killed('killed');

type Paused = { readonly task: Task; readonly resume: () => void; readonly kill: () => void };
type Timer = {
  readonly atMs: number;
  readonly task: Task;
  readonly ring: () => void;
  readonly onKill: (() => void) | undefined;
  isOff: boolean;
};

/**
 * Runs asynchronous code one await at a time, in an order drawn from the seed, in a time of its own. Every store and
 * network call of the world pauses or sleeps here. Time moves a little with every step, and jumps to the next timer
 * when nothing else can go on.
 */
export class Scheduler {
  /** The world's true time, milliseconds since 1970. */
  nowMs: number;
  private readonly random: Random;
  private readonly ready: Paused[] = [];
  /** Latest first. */
  private readonly timers: Timer[] = [];
  private marks = 0;
  private running = 0;

  constructor(random: Random, nowMs: number) {
    this.random = random;
    this.nowMs = nowMs;
  }

  get isQuiet(): boolean {
    return this.ready.length === 0;
  }

  /** Resolves when the world lets this task go on; rejects with `Killed` if it is killed before. */
  pause(task: Task): Promise<void> {
    this.marks += 1;
    if (task.isKilled) return Promise.reject(killed);
    return new Promise((resume, reject) => {
      this.ready.push({ task, resume, kill: () => reject(killed) });
    });
  }

  /** As `pause`, but not before `delayMs` have passed. */
  sleep(task: Task, delayMs: number): Promise<void> {
    this.marks += 1;
    if (task.isKilled) return Promise.reject(killed);
    return new Promise((resume, reject) => {
      const paused: Paused = { task, resume, kill: () => reject(killed) };
      this.after(task, delayMs, () => this.ready.push(paused), paused.kill);
    });
  }

  /** Calls `ring` in `delayMs` unless the task is killed, or what this gives is called, before. */
  after(task: Task, delayMs: number, ring: () => void, onKill?: () => void): () => void {
    const timer: Timer = { atMs: this.nowMs + delayMs, task, ring, onKill, isOff: task.isKilled };
    let index = this.timers.length;
    while (index > 0 && (this.timers[index - 1] as Timer).atMs <= timer.atMs) index--;
    this.timers.splice(index, 0, timer);
    return () => {
      timer.isOff = true;
    };
  }

  kill(task: Task): void {
    task.isKilled = true;
    const paused = this.ready.filter((each) => each.task === task);
    const left = this.ready.filter((each) => each.task !== task);
    this.ready.splice(0, this.ready.length, ...left);
    for (const each of paused) each.kill();
    for (const timer of this.timers) {
      if (timer.task !== task || timer.isOff) continue;
      timer.isOff = true;
      timer.onKill?.();
    }
  }

  /** Something goes on without a pause, or has ended. */
  mark(): void {
    this.marks += 1;
  }

  /** Resumes one paused task and lets it run to its next pause. False when there is nothing left to run. */
  async runOne(): Promise<boolean> {
    this.nowMs += this.random.between(0, 2);
    this.ringDue();
    while (this.ready.length === 0) {
      await this.standStill(); // nobody is left behind in an earlier moment
      if (this.ready.length === 0 && !this.ringNext()) return false;
    }
    const next = this.takeAny();
    const marks = this.marks;
    next?.resume();
    for (let i = 0; i < microtasksPerStep && this.marks === marks; i++) await Promise.resolve();
    return true;
  }

  /** Runs until nothing is paused any more; timers are left alone. */
  async runReady(): Promise<void> {
    await this.standStill();
    while (this.ready.length > 0) {
      this.takeAny()?.resume();
      await this.standStill();
    }
  }

  /** Nothing stands still while this runs without a pause. */
  track(running: Promise<unknown>): void {
    this.running += 1;
    const end = () => {
      this.running -= 1;
      this.marks += 1;
    };
    running.then(end, end);
  }

  /** Everything that can run without a pause has run. */
  async standStill(): Promise<void> {
    for (let marks = -1; marks !== this.marks || (this.running > 0 && this.ready.length === 0); ) {
      marks = this.marks;
      for (let i = 0; i < microtasksPerStep; i++) await Promise.resolve();
    }
  }

  private takeAny(): Paused | undefined {
    const index = this.random.between(0, this.ready.length - 1);
    const [next, last] = [this.ready[index], this.ready.pop()];
    if (next !== last && last) this.ready[index] = last;
    return next;
  }

  /** Time goes on to the next timer. */
  private ringNext(): boolean {
    while (this.timers.at(-1)?.isOff) this.timers.pop();
    const next = this.timers.at(-1);
    if (!next) return false;
    this.nowMs = Math.max(this.nowMs, next.atMs);
    this.ringDue();
    return true;
  }

  private ringDue(): void {
    for (let next = this.timers.at(-1); next && (next.isOff || next.atMs <= this.nowMs); next = this.timers.at(-1)) {
      this.timers.pop();
      if (!next.isOff) next.ring();
    }
  }
}

/** Deeper than chains of awaits between two pauses or marks are; what runs in a transaction is waited for anyway. */
const microtasksPerStep = 16;
