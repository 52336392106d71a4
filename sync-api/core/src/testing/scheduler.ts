import type { Random } from './random.ts';

/** Something that runs in steps and may be killed between any two of them. */
export type Task = { isKilled: boolean };

/**
 * Runs asynchronous code one await at a time, in an order drawn from the seed. Every store and network call of the
 * world pauses here; a killed task is never resumed, as a killed process is not.
 */
export class Scheduler {
  private readonly random: Random;
  private paused: { readonly task: Task; readonly resume: () => void }[] = [];

  constructor(random: Random) {
    this.random = random;
  }

  get isQuiet(): boolean {
    return this.paused.length === 0;
  }

  /** Resolves when the world lets this task go on. */
  pause(task: Task): Promise<void> {
    return new Promise((resume) => {
      if (!task.isKilled) this.paused.push({ task, resume });
    });
  }

  kill(task: Task): void {
    task.isKilled = true;
    this.paused = this.paused.filter((each) => each.task !== task);
  }

  /** Resumes one paused task and lets it run to its next pause. */
  async runOne(): Promise<void> {
    const [next] = this.paused.splice(this.random.between(0, this.paused.length - 1), 1);
    next?.resume();
    await settle();
  }

  /** Runs until nothing is paused any more. */
  async runAll(): Promise<void> {
    await settle();
    while (!this.isQuiet) await this.runOne();
  }
}

/** Deeper than any chain of awaits between two pauses; a task that is not there yet just runs on beside the next. */
const microtasksPerStep = 40;

const settle = async (): Promise<void> => {
  for (let i = 0; i < microtasksPerStep; i++) await Promise.resolve();
};
