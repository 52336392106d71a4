/** The program of a Chromium to test with; undefined where there is none. */
export function findChromium(env?: Record<string, string | undefined>, platform?: string): string | undefined;
/** The same; throws where there is none. */
export function requireChromium(): string;
/** For one that tests drive: without a sandbox, and without traffic of its own. */
export const chromiumArguments: string[];
