import { deepEqual, equal, ok } from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeStatement } from '../fixtures/statement.ts';
import type { Device } from '../harness/device.ts';
import { accountsOnDevice, readDeviceLedger } from '../harness/device-ledger.ts';
import { eventually } from '../harness/eventually.ts';
import type { Story, World } from '../harness/story.ts';
import { openSignIn, trySignIn } from '../screens/account.ts';
import { importFile, importPreviewed, previewFile } from '../screens/import.ts';
import { accountLedger, backedUp, localLedger } from '../screens/sync.ts';
import { newPerson } from './people.ts';

export const crashedImport: Story = {
  name: '[51] an import that a crash stopped is finished by the same file, nothing twice',
  run: async (world) => {
    const device = world.device('A', await world.sharedCloud());
    await device.open();
    const rowCount = 2_400;
    const path = writeStatement(world, rowCount);
    const preview = await previewFile(device.page, path);
    await killOnce(
      device,
      async () => (await localLedger(device)).entries.length > 0,
      async () => {
        await importPreviewed(device.page, preview);
      },
    );
    await device.open();
    const { entries } = await localLedger(device);
    world.tell(`    ${entries.length} of ${rowCount} were in`);
    // Chunk by chunk, whole [D1].
    equal(entries.length === rowCount || entries.length % 1_000 === 0, true);
    await importFile(device.page, path);
    const after = await localLedger(device);
    equal(after.entries.length, rowCount);
    deepEqual(after.keptTotals, after.totals);
  },
};

export const crashedClaim: Story = {
  name: '[51] a move into the account that a crash stopped is finished, nothing twice',
  run: async (world) => {
    const cloud = await world.sharedCloud();
    const person = await newPerson(cloud);
    const device = world.device('A', cloud);
    await device.open();
    const rowCount = 1_600;
    equal(await importFile(device.page, writeStatement(world, rowCount)), rowCount);
    const before = await localLedger(device);
    const form = await openSignIn(device.page);
    await killOnce(
      device,
      () => hasBegun(device),
      () => trySignIn(form, person),
    );
    await device.open();
    await backedUp(device, { withinMs: 60_000 });
    const after = await accountLedger(device);
    deepEqual(after.entries, before.entries);
    deepEqual(after.keptTotals, before.totals);
  },
};

const writeStatement = (world: World, rowCount: number): string => {
  const path = join(world.dir, 'statement.csv');
  writeFileSync(path, makeStatement(rowCount).csv);
  return path;
};

/** Whether any record has been copied into the account. */
const hasBegun = async ({ page }: Device): Promise<boolean> => {
  const [userId] = await accountsOnDevice(page);
  return userId !== undefined && ((await readDeviceLedger(page, userId))?.entries.length ?? 0) > 0;
};

/** Kills the browser while it works, once `isTime`. */
const killOnce = async (
  device: Device,
  isTime: () => Promise<boolean>,
  work: () => Promise<unknown>,
): Promise<void> => {
  const working = work().then(
    () => 'ended',
    () => 'killed',
  );
  await eventually('it has begun', async () => ((await isTime()) ? true : undefined), { everyMs: 10 });
  await device.kill();
  ok(['ended', 'killed'].includes(await working));
};
