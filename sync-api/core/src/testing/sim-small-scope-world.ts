import type { SyncAnswer, SyncRequest } from '../protocol/messages.ts';
import type { StoredEntry } from '../protocol/log-entry.ts';
import { canonicalJson, type Json } from '../protocol/json.ts';
import type { DeviceState } from './memory-client-store.ts';
import type { Deed } from './sim-person.ts';

/** A value that stands here once: two with the same content are the same object, so that ids tell them apart. */
export type Held<T> = { readonly id: number; readonly value: T };

/** A request on its way; with its answer once it was served. */
export type Flight = { readonly request: Held<SyncRequest>; readonly answer: Held<SyncAnswer> | null };

export type SmallDevice = { readonly state: Held<DeviceState>; readonly flights: readonly Flight[] };

/** Which device moves, or may move; there are two. */
export type Side = 0 | 1;

/** Everything that the future depends on. What was done so far is the world's time. */
export type SmallWorld = {
  readonly devices: readonly [SmallDevice, SmallDevice];
  readonly log: Held<readonly StoredEntry[]>;
  readonly deeds: Held<readonly Held<Deed>[]>;
};

/** The two devices' states, the log and what people did, nothing under way: what an ending is judged by. */
export const endingOf = ({ devices: [a, b], log, deeds }: SmallWorld): string =>
  `${a.state.id} ${b.state.id} ${log.id} ${deeds.id}`;

/** One text for each world. Requests of one device are told apart by content only. */
export const worldName = (world: SmallWorld): string =>
  `${endingOf(world)} ${flightsName(world.devices[0])} ${flightsName(world.devices[1])}`;

const flightsName = ({ flights }: SmallDevice): string =>
  flights.length < 2 ? flights.map(flightName).join() : flights.map(flightName).sort().join();

const flightName = ({ request, answer }: Flight): string => (answer ? `${request.id}:${answer.id}` : `${request.id}`);

export const withDevice = (world: SmallWorld, side: Side, device: SmallDevice): SmallWorld => ({
  ...world,
  devices: side === 0 ? [device, world.devices[1]] : [world.devices[0], device],
});

/** Holds values by their content, written in canonical JSON. */
export const createPool = <T>(contentOf: (value: T) => unknown) => {
  const held = new Map<string, Held<T>>();
  return {
    hold: (value: T): Held<T> => {
      const text = canonicalJson(contentOf(value) as Json);
      const known = held.get(text);
      if (known) return known;
      const next = { id: held.size, value };
      held.set(text, next);
      return next;
    },
    size: () => held.size,
  };
};

/** All of a profile; nothing is left out, so that two worlds with one name go on alike. */
export const contentOfState = ({ meta, records, outbox, kept, journal }: DeviceState): unknown => [
  meta,
  [...records],
  outbox,
  kept,
  journal,
];
