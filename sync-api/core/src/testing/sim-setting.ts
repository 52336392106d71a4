import type { Random } from './random.ts';
import type { Scheduler } from './scheduler.ts';
import type { Faults } from './sim-faults.ts';

/** What every part of a world shares. */
export type Setting = {
  readonly scheduler: Scheduler;
  readonly random: Random;
  readonly faults: Faults;
  /** Writes a line of the world's story; costs nothing where nobody reads it. */
  readonly tell: (line: () => string) => void;
};
