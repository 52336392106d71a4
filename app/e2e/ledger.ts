import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { isDeepStrictEqual, parseArgs, inspect } from 'node:util';
import { createSharedCloud, runStory, type Story } from './harness/story.ts';
import { differences } from './harness/ledger-facts.ts';
import { addTraffic } from './harness/sync-traffic.ts';
import { importPreviewed, previewFile } from './screens/import.ts';
import { localLedger, sameAdvice } from './screens/sync.ts';
import { intoTheAccount, sameLedger } from './stories/into-the-account.ts';
import { mara } from './stories/people.ts';

const usage = 'npm run e2e:ledger -- FILE.csv';

/** Everything but the one line of results. */
const tell = (line: string): void => void process.stderr.write(`${line}\n`);

type Results = {
  /** Data rows in the file: those imported and those refused, with a reason each. */
  readonly rows: number;
  readonly imported: number;
  readonly refused: number;
  readonly entriesA: number;
  readonly entriesB: number;
  readonly entriesTables: number;
  /** Per currency and kind, on A, on B and in the tables; on the devices also as their screens keep them. */
  readonly totalsEqual: boolean;
  /** What A, B and the advisor function say of the ledger, byte for byte. */
  readonly adviceEqual: boolean;
  /** To the sync endpoint, of both devices; bytes of bodies as they went over the wire. */
  readonly requests: number;
  readonly bytesUp: number;
  readonly bytesDown: number;
};

/** A large file takes a slow machine minutes. */
const patience = { withinMs: 300_000 };

const ledgerStory = (path: string, report: (results: Results, isAllEqual: boolean) => void): Story => ({
  name: `the ledger of ${path}`,
  run: async (world) => {
    const cloud = await world.cloud();
    const [a, b] = [world.device('A', cloud), world.device('B', cloud)];
    await a.open();
    await a.page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await a.goOffline();
    tell('A, offline, imports the file');
    const preview = await previewFile(a.page, path);
    if (preview.type === 'refused') tell(`The whole file is refused: ${preview.sentence}`);
    const imported = await importPreviewed(a.page, preview);
    const { rows, refused } = preview.type === 'read' ? preview : { rows: 0, refused: 0 };
    const before = await localLedger(a);
    tell(`${imported} of ${rows} rows imported; A signs up, then B signs in`);
    const { onA, onB, inTables, indexedRowsOfEveryone } = await intoTheAccount({ cloud, a, b, person: mara, patience });

    tell("Both compare their advice with the server's");
    const adviceEqual = (await Promise.allSettled([a, b].map((device) => sameAdvice(device, patience)))).every(
      ({ status }) => status === 'fulfilled',
    );
    const allTotals = [onA.totals, onA.keptTotals, onB.totals, onB.keptTotals, inTables.totals];
    const traffic = addTraffic(await a.traffic.total(), await b.traffic.total());
    const results: Results = {
      rows,
      imported,
      refused,
      entriesA: onA.entries.length,
      entriesB: onB.entries.length,
      entriesTables: inTables.entries.length,
      totalsEqual: allTotals.every((totals) => isDeepStrictEqual(totals, before.totals)),
      adviceEqual,
      ...traffic,
    };
    const isAllEqual =
      results.totalsEqual &&
      adviceEqual &&
      rows === imported + refused &&
      imported === onA.entries.length &&
      indexedRowsOfEveryone === imported &&
      [onA, onB, inTables].every((ledger) => sameLedger(ledger, before));
    for (const [place, ledger] of Object.entries({ A: onA, B: onB, tables: inTables }))
      for (const line of differences(before, ledger)) tell(`${place} ${line}`);
    for (const [name, { sumMinor, count }] of Object.entries(before.totals)) tell(`${name}: ${count}, ${sumMinor}`);
    report(results, isAllEqual);
  },
});

const main = async (): Promise<number> => {
  const [typedPath, ...others] = parseArgs({ allowPositionals: true }).positionals;
  if (typedPath === undefined || others.length > 0) throw new Error(usage);
  // npm runs scripts in the project's folder, whichever folder it was called in.
  const path = resolve(process.env['INIT_CWD'] ?? '.', typedPath);
  if (!existsSync(path)) throw new Error(`There is no file ${path}.`);
  let isAllEqual = false;
  const outcome = await runStory(
    ledgerStory(path, (results, areEqual) => {
      isAllEqual = areEqual;
      process.stdout.write(`${JSON.stringify(results)}\n`);
    }),
    tell,
    createSharedCloud(),
  );
  if (!outcome.ok) throw outcome.error;
  if (!isAllEqual) tell('Not everything is equal.');
  return isAllEqual ? 0 : 1;
};

try {
  process.exitCode = await main();
} catch (error) {
  tell(inspect(error));
  process.exitCode = 1;
}
