import { deepEqual, equal } from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeStatement } from '../fixtures/statement.ts';
import type { Device } from '../harness/device.ts';
import { eventuallyEqual } from '../harness/eventually.ts';
import { differences, type LedgerFacts, tableLedger } from '../harness/ledger-facts.ts';
import type { Story } from '../harness/story.ts';
import type { TestCloud } from '../harness/test-cloud.ts';
import { signIn } from '../screens/account.ts';
import { importFile } from '../screens/import.ts';
import { goTo } from '../screens/navigation.ts';
import { accountLedger, backedUp, tryNow } from '../screens/sync.ts';
import { mara, signedUp } from './people.ts';

/** Three requests' worth: whether or not the second is stored before the kill, the third is still to come. */
const rowCount = 2_700;

export const killedServer: Story = {
  name: 'the server is killed while an import uploads',
  run: async (world) => {
    const { cloud, a } = await signedUp(world);

    const path = join(world.dir, 'statement.csv');
    writeFileSync(path, makeStatement(rowCount).csv);
    const killed = killAtSecondUpload(a, () => cloud.kill());
    equal(await importFile(a.page, path), rowCount);
    await killed;
    world.tell('    killed; what waits is said and kept');
    await goTo(a.page, 'Sync');
    await a.page.getByText(/changes? waits?$/).waitFor();
    const held = await accountLedger(a);
    equal(held.entries.length, rowCount);
    equal(held.outboxItems > 0, true);

    await cloud.start();
    await tryNow(a);
    await backedUp(a, { withinMs: 90_000 });
    world.tell('    restarted; everything has arrived');
    const sent = await accountLedger(a);
    deepEqual(sent.entries, held.entries);
    deepEqual(sent.keptTotals, held.totals);
    await eventuallyEqual('the tables hold each row once', inTables(cloud, held), [], {
      withinMs: 150_000,
      everyMs: 1_000,
    });
    const b = world.device('B', cloud);
    await b.open();
    await signIn(b.page, mara);
    await eventuallyEqual('B has every row once', async () => differences(held, await accountLedger(b)), [], {
      withinMs: 60_000,
      everyMs: 500,
    });
    deepEqual((await accountLedger(b)).keptTotals, held.totals);
  },
};

/** What the tables have other than this ledger. */
const inTables = (cloud: TestCloud, ledger: LedgerFacts) => async (): Promise<readonly string[]> =>
  differences(ledger, tableLedger(await cloud.tables(mara.email)));

/** Kills while the answer to the second request from now on is under way. */
const killAtSecondUpload = (device: Device, kill: () => Promise<void>): Promise<void> =>
  new Promise((resolve, reject) => {
    let uploads = 0;
    const stop = device.traffic.onRequest(() => {
      uploads += 1;
      if (uploads < 2) return;
      stop();
      kill().then(resolve, reject);
    });
  });
