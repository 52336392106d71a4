import { overlay } from '../client/overlay.ts';
import { pendingAt } from '../client/record-acts.ts';
import { xorHex } from '../protocol/hash.ts';
import type { RecordKey } from '../protocol/ids.ts';
import { emptyDigest, type Row, rowDigest } from '../row.ts';
import type { DeviceState } from './memory-client-store.ts';
import type { Random } from './random.ts';
import type { Profile } from './sim-profile.ts';
import type { World } from './sim-world.ts';

/**
 * [L5] A device's ledger is silently not what the log says any more: a row is what it was earlier or gone, by itself as a
 * disk does it, or with its digest as a wrong fold does it; or the digest alone is wrong.
 */
export const damage = (world: World, profile: Profile): void => {
  const { random } = world;
  const { state } = profile;
  const key = pickRow(random, state);
  if (key === undefined || state.meta.bootstrap) return;
  const wrong = random.pick(['row', 'rowAndDigest', 'digest'] as const);
  const confirmed = state.records.get(key)?.confirmed;
  const earlier = world.invariants.earlier(key, confirmed?.seq ?? 0);
  const left = wrong === 'digest' || random.chance(0.2) ? undefined : earlier[random.between(0, earlier.length)];
  const damaged: DeviceState = {
    ...state,
    ...(wrong === 'digest' ? {} : { records: new Map(state.records).set(key, recordWith(state, key, left)) }),
    ...(wrong === 'row' ? {} : { meta: { ...state.meta, digest: digestAfter(random, state, confirmed, left, wrong) } }),
  };
  world.tell(
    () => `${profile.name} has a wrong ${wrong} at ${state.meta.cursor}, ${key} is of ${left?.seq ?? 'never'}`,
  );
  world.invariants.damaged(damaged);
  profile.disk.state = damaged;
};

const pickRow = (random: Random, { records }: DeviceState): RecordKey | undefined => {
  const keys = [...records].filter(([, { confirmed }]) => confirmed !== undefined).map(([key]) => key);
  return keys.length === 0 ? undefined : random.pick(keys);
};

const recordWith = ({ records, outbox }: DeviceState, key: RecordKey, confirmed: Row | undefined) => {
  const pending = records.get(key)?.pending ?? [];
  const waiting = pending.flatMap((number) => {
    const item = outbox.find((each) => each.first <= number && number <= each.last);
    return item ? [pendingAt(item, number)] : [];
  });
  return { confirmed, pending, shown: overlay(confirmed, waiting) };
};

const digestAfter = (
  random: Random,
  { meta }: DeviceState,
  before: Row | undefined,
  after: Row | undefined,
  wrong: 'rowAndDigest' | 'digest',
): string => {
  if (wrong === 'digest') return random.hex(32);
  const of = (row: Row | undefined): string => (row ? rowDigest(row) : emptyDigest);
  return xorHex(meta.digest, xorHex(of(before), of(after)));
};
