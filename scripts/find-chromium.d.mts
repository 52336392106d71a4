/** The program of a Chromium to test with; undefined where there is none. */
export function findChromium(env?: Record<string, string | undefined>, platform?: string): string | undefined;
