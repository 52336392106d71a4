import { type EnvName, envNames } from './env-names.ts';

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

export type BlobPlace = { readonly bucket: string } | { readonly folder: string };

/** Where snapshots and archives are. Only a composition root calls this, once; throws if it is told of no place. */
export const readBlobPlace = (from: Readonly<Record<string, string | undefined>> = process.env): BlobPlace => {
  const [bucket, folder] = [from[envNames.snapshotsBucket], from[envNames.snapshotsFolder]];
  if (bucket) return { bucket };
  if (folder) return { folder };
  throw new Error(`missing environment variable: ${envNames.snapshotsBucket} or ${envNames.snapshotsFolder}`);
};

const isComplete = <N extends EnvName>(
  found: Partial<Record<N, string>>,
  names: readonly N[],
): found is Record<N, string> => names.every((name) => found[name] !== undefined);
