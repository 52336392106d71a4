import type { CalendarDate } from '@fintrack/sync-core/protocol';

/** Milliseconds since 1970. */
export const now = (): number => Date.now();

/** The calendar date where the person is. */
export const today = (): CalendarDate => {
  const date = new Date();
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
};

/** Runs later; returns how to call it off. */
export const schedule = (delayMs: number, run: () => void): (() => void) => {
  const timer = setTimeout(run, delayMs);
  return () => clearTimeout(timer);
};
