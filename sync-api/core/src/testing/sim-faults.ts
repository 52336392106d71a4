import type { Random } from './random.ts';

/** Every kind of fault a world can strike with. */
export const faultKinds = [
  // The network.
  'dropRequest',
  'dropAnswer',
  'duplicate',
  'delay',
  'partition',
  'portal',
  'alteredAnswer',
  'alteredPart',
  'repeatedAnswer',
  'replayedRequest',
  // The server.
  'killServer',
  'ambiguousWrite',
  'lateWrite',
  'throttle',
  'tooLarge',
  'staleRead',
  'hole',
  'compaction',
  'corruptBlob',
  'restoredServer',
  'restoredAgain',
  'serverWriter',
  // The device.
  'crash',
  'killTab',
  'powerLoss',
  'restoredProfile',
  'clonedProfile',
  'clonesInTurn',
  'fullDisk',
  'damagedRow',
  'evicted',
  'clockSkew',
  'clockJump',
  // People and programs.
  'secondTab',
  'claim',
  'claimTaken',
  'poison',
  'tokenExpired',
  'signedOut',
  'newerProgram',
  'serverTooOld',
] as const;
export type FaultKind = (typeof faultKinds)[number];
export type FaultCounts = Record<FaultKind, number>;

export const noFaults = (): FaultCounts => Object.fromEntries(faultKinds.map((kind) => [kind, 0])) as FaultCounts;

/** Draws faults from the seed and counts those that struck; strikes none once the world is calm. */
export type Faults = {
  readonly counts: FaultCounts;
  isCalm: boolean;
  strikes(kind: FaultKind, probability: number): boolean;
  /** A fault that began earlier was met. */
  count(kind: FaultKind): void;
  /** How much this world has of a kind: 0, 1 or more. */
  weight(kind: FaultKind): number;
};

/** Lets only some of a world's events happen; named `act 3`, `crash 1`. */
export type EventFilter = (name: string) => boolean;

/** Worlds differ: each has none, some or many of a kind, so that rare ones are met alone as well as together. */
const weights = [0, 1, 1, 3];

export const createFaults = (seeded: Random, allows: EventFilter): Faults => {
  const weightOf = Object.fromEntries(
    faultKinds.map((kind) => [kind, seeded.branch(`weight of ${kind}`).pick(weights)]),
  ) as FaultCounts;
  const sources = new Map(faultKinds.map((kind) => [kind, seeded.branch(kind)]));
  const drawn = noFaults();
  const faults: Faults = {
    counts: noFaults(),
    isCalm: false,
    strikes: (kind, probability) => {
      if (faults.isCalm || !sources.get(kind)?.chance(probability * weightOf[kind])) return false;
      drawn[kind] += 1;
      if (!allows(`${kind} ${drawn[kind]}`)) return false;
      faults.counts[kind] += 1;
      return true;
    },
    count: (kind) => {
      faults.counts[kind] += 1;
    },
    weight: (kind) => weightOf[kind],
  };
  return faults;
};
