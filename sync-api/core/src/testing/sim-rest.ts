import { idOfKey, kindOfKey, type RecordKey } from '../protocol/ids.ts';
import { isDeleted, type Row } from '../row.ts';
import type { ServerWrite } from '../server/write-on-server.ts';
import { type Deed, textsOf, worldKeys } from './sim-person.ts';
import type { World } from './sim-world.ts';

const triesMax = 6;

/**
 * [F10] Somebody writes through the server's own interface: reads a record, takes their time, and asks until there is an
 * answer, sometimes twice at once. Whether it was written is known from the answer alone.
 */
export const writeThroughServer = async (world: World): Promise<void> => {
  const { random, scheduler, server } = world;
  const key = random.pick(worldKeys.filter((each) => kindOfKey(each) === 'expense'));
  const row = world.invariants.refold().rows.get(key);
  const epoch = server.everything.at(-1)?.entry.epoch ?? 1;
  if (row && isDeleted(row)) return;
  await scheduler.sleep(world.fate, random.pick([0, 50, 2000, 900_000]));
  const text = world.people.fresh();
  const write = writeOf(world, key, row, text, epoch);
  world.wroteThroughServer(deedOf(world, key, row, text, write.id));
  for (let tries = 0; tries < triesMax; tries++) {
    const copies = random.chance(0.2) ? [write, write] : [write];
    const results = await Promise.all(copies.map((each) => server.write(each)));
    for (const result of results) {
      if (result === undefined) continue;
      if (result.ok) return world.foundInLog(write, result.value.seq);
      if (result.error.type === 'changed') return world.notInLog(write.id);
    }
    await scheduler.sleep(world.fate, random.pick([10, 1000, 60_000]));
  }
};

const writeOf = (world: World, key: RecordKey, row: Row | undefined, text: string, epoch: number): ServerWrite => {
  const base = row?.cells['note']?.version.seq ?? 0;
  return {
    id: world.random.uuid(),
    change: {
      kind: kindOfKey(key),
      id: idOfKey(key),
      at: world.scheduler.nowMs,
      set: { note: base === 0 ? [text] : [text, base] },
      ...(epoch === 1 ? {} : { epoch }),
    },
    ...(world.random.chance(0.5) ? { ifMatch: { epoch, seq: row?.seq ?? 0 } } : {}),
  };
};

const deedOf = (world: World, key: RecordKey, row: Row | undefined, text: string, identity: string): Deed => ({
  type: 'write',
  key,
  device: 'the server',
  values: { note: text },
  seen: textsOf(row),
  seenDeletion: null,
  typedAt: world.scheduler.nowMs,
  isClockRight: true,
  identity,
  isPoison: false,
});
