export type WatchdogDeps = {
  /** Changes that wait, as last read. */
  readonly waiting: () => number;
  readonly needsPerson: () => boolean;
  readonly isOnline: () => boolean;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Runs later; returns how to call it off. */
  readonly schedule: (delayMs: number, run: () => void) => () => void;
  readonly restart: () => void;
};

export type Watchdog = { stop(): void };

const lookEveryMs = 60_000;
/** Longer than the longest back-off: a machine that works has tried again by then. */
const stuckMsMax = 600_000;

/**
 * Restarts sync when a change has waited for ten minutes, online and signed in, while none was confirmed: whatever state
 * it hangs in, somebody has to ask again.
 */
export const createWatchdog = (deps: WatchdogDeps): Watchdog => {
  let seen = deps.waiting();
  let movedAt = deps.now();
  let cancel = (): void => undefined;
  const look = (): void => {
    cancel = deps.schedule(lookEveryMs, look);
    const waiting = deps.waiting();
    const mayStand = waiting === 0 || waiting < seen || !deps.isOnline() || deps.needsPerson();
    // Nothing waited before: this one came at some time since the last look.
    if (mayStand || seen === 0) movedAt = deps.now();
    seen = waiting;
    if (deps.now() - movedAt < stuckMsMax) return;
    movedAt = deps.now();
    deps.restart();
  };
  cancel = deps.schedule(lookEveryMs, look);
  return { stop: () => cancel() };
};
