import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { equal, ok } from 'node:assert/strict';
import { makeStatement } from '../fixtures/statement.ts';
import { watchRefreshes } from '../harness/token-store.ts';
import type { Fate } from '../harness/road.ts';
import type { Story } from '../harness/story.ts';
import { addEntry, typeEntry } from '../screens/entry-sheet.ts';
import { importFile } from '../screens/import.ts';
import { goTo } from '../screens/navigation.ts';
import { accountLedger, backedUp, tryNow } from '../screens/sync.ts';
import { oneDevice, tablesHold } from './people.ts';

/** What a hotel answers to everything until somebody has clicked "I agree". */
const portal: Fate = { status: 200, contentType: 'text/html', body: '<!doctype html><h1>Welcome to our Wi-Fi</h1>' };

export const captivePortal: Story = {
  name: '[71] a captive portal is not taken for the server',
  run: async (world) => {
    const road = await world.road(await world.sharedCloud());
    const traveller = await oneDevice(world, road);
    const { device } = traveller;
    road.fate = () => portal;
    await addEntry(device.page, { amount: '7.10', title: 'Hotel breakfast' });
    await goTo(device.page, 'Sync');
    await device.page.getByText('Something else answered in the server\u2019s place').waitFor();
    equal((await accountLedger(device)).outboxItems, 1);
    world.tell('    somebody agreed');
    road.fate = () => 'arrives';
    await tryNow(device);
    await backedUp(device);
    await tablesHold(traveller, ['Hotel breakfast']);
  },
};

const savesOnTheTrain = 100;

export const flakyNetwork: Story = {
  name: '[72] a hundred entries arrive over a network that loses a third of everything',
  run: async (world) => {
    const road = await world.road(await world.sharedCloud());
    const traveller = await oneDevice(world, road);
    const { device } = traveller;
    const before = road.requests;
    const fates = { isLost: 0, answerIsLost: 0 };
    road.fate = (request) => {
      // Of every ten requests, two never arrive and the answers to two more do not: a third or so, in no rhythm with
      // the back-off.
      const draw = (request * 7 + Math.floor(request / 10) * 3) % 10;
      const fate = draw < 2 ? 'isLost' : draw < 4 ? 'answerIsLost' : 'arrives';
      if (fate !== 'arrives') fates[fate] += 1;
      return fate;
    };
    const titles = Array.from({ length: savesOnTheTrain }, (_, index) => `Stop ${index + 1}`);
    for (const title of titles) await typeEntry(device.page, '1.00', title);
    world.tell(`    ${road.requests - before} requests while they were written, ${JSON.stringify(fates)}`);
    await backedUp(device, { withinMs: 60_000 });
    ok(fates.isLost > 0 && fates.answerIsLost > 0, 'the network lost nothing');
    await tablesHold(traveller, titles);
  },
};

const rowCount = 1_500;

export const tokenExpires: Story = {
  name: '[59] a token that runs out between two batches is renewed once',
  run: async (world) => {
    const road = await world.road(await world.sharedCloud());
    const traveller = await oneDevice(world, road);
    const { device } = traveller;
    const refreshes = watchRefreshes(device);
    const first = road.requests + 1;
    // What the gateway itself answers, before any function.
    const expired: Fate = { status: 401, contentType: 'application/json', body: '{"message":"Unauthorized"}' };
    road.fate = (request) => (request === first + 1 ? expired : 'arrives');
    const path = join(world.dir, 'statement.csv');
    writeFileSync(path, makeStatement(rowCount).csv);
    equal(await importFile(device.page, path), rowCount);
    await backedUp(device, { withinMs: 60_000 });
    equal(refreshes(), 1);
    equal((await accountLedger(device)).entries.length, rowCount);
  },
};
