import type { EnvName } from './env-names.ts';

export type Environment<N extends EnvName> = Readonly<Record<N, string>>;

/** Only a composition root calls this, once. Throws naming every variable that is missing or empty. */
export const readEnvironment = <N extends EnvName>(
  names: readonly N[],
  from: Readonly<Record<string, string | undefined>> = process.env,
): Environment<N> => {
  const found: Partial<Record<N, string>> = {};
  for (const name of names) {
    const value = from[name];
    if (value !== undefined && value !== '') found[name] = value;
  }
  if (isComplete(found, names)) return found;
  const missing = names.filter((name) => found[name] === undefined);
  throw new Error(`missing environment variables: ${missing.join(', ')}`);
};

const isComplete = <N extends EnvName>(
  found: Partial<Record<N, string>>,
  names: readonly N[],
): found is Record<N, string> => names.every((name) => found[name] !== undefined);
