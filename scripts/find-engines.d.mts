export function findFirefox(env?: Record<string, string | undefined>): string | undefined;
export function findMiniBrowser(): string | undefined;
export function isOnPath(name: string, env?: Record<string, string | undefined>): boolean;
