import { setTimeout as delay } from 'node:timers/promises';
import { inspect, isDeepStrictEqual } from 'node:util';

export type Patience = {
  readonly withinMs?: number;
  /** Between probes: longer for one that is work for what it watches. */
  readonly everyMs?: number;
};

/** Enough for a slow machine; whoever waits for more says so. */
const withinMsDefault = 20_000;
const pollEveryMs = 80;

/**
 * The first value that is not undefined. A probe that throws is asked again: a page that is just being reloaded cannot
 * answer. Rejects once the time is up, with what came last.
 */
export const eventually = async <T>(
  what: string,
  probe: () => Promise<T | undefined>,
  { withinMs = withinMsDefault, everyMs = pollEveryMs }: Patience = {},
): Promise<T> => {
  const endsAtMs = Date.now() + withinMs;
  for (;;) {
    const { value, error } = await attempt(probe);
    if (value !== undefined) return value;
    if (Date.now() > endsAtMs) throw new Error(`Not within ${withinMs / 1000} s: ${what}`, { cause: error });
    await delay(everyMs);
  }
};

const attempt = async <T>(probe: () => Promise<T | undefined>): Promise<{ value?: T | undefined; error?: unknown }> => {
  try {
    return { value: await probe() };
  } catch (error) {
    return { error };
  }
};

/** Waits until what is read equals `expected`; the message of the failure shows what it was instead. */
export const eventuallyEqual = async <T>(
  what: string,
  read: () => Promise<T>,
  expected: NoInfer<T>,
  patience: Patience = {},
): Promise<void> => {
  let last: unknown = 'never read';
  const probe = async (): Promise<true | undefined> => {
    last = await read();
    return isDeepStrictEqual(last, expected) ? true : undefined;
  };
  try {
    await eventually(what, probe, patience);
  } catch (error) {
    throw new Error(`${what}\n  expected ${shown(expected)}\n  found    ${shown(last)}`, { cause: error });
  }
};

const shown = (value: unknown): string => inspect(value, { depth: 5, breakLength: 140, maxArrayLength: 4 });
