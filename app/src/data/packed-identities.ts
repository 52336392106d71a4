import type { Identity } from '@fintrack/sync-core/protocol';

/** Identities of one replica's changes with consecutive numbers share all but their hashes, which follow each other here. */
type Run = { readonly replica: string; readonly first: number; readonly hashes: string };

/** A run where they are one, as in every item and entry without changes that were stamped again; else each by itself. */
export type PackedIdentities = readonly Identity[] | Run;

const hashLength = 16;

export const packIdentities = (identities: readonly Identity[]): PackedIdentities => {
  const [replica = '', number = ''] = identities[0]?.split(':') ?? [];
  const first = Number(number);
  let hashes = '';
  for (const [index, identity] of identities.entries()) {
    const start = startOf(replica, first + index);
    if (!identity.startsWith(start) || identity.length !== start.length + hashLength) return identities;
    hashes += identity.slice(start.length);
  }
  return { replica, first, hashes };
};

/** The inverse of `packIdentities`. */
export const unpackIdentities = (packed: PackedIdentities): readonly Identity[] => {
  if (!('hashes' in packed)) return packed;
  const { replica, first, hashes } = packed;
  return Array.from(
    { length: hashes.length / hashLength },
    (_, index) => startOf(replica, first + index) + hashes.slice(index * hashLength, (index + 1) * hashLength),
  );
};

const startOf = (replica: string, number: number): string => `${replica}:${number}:`;
