import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { advise, adviceToJson, adviceVersion, type Entry } from '@fintrack/advisor-core';
import { goldenHashes, goldenText } from '@fintrack/advisor-core/testing';
import { adviceHashIn, goldenHashIn, type NamedLedger, sha256, startAdvicePage } from './advice-page.ts';
import { profileIn } from './checks.ts';
import { chromium } from './chromium.ts';
import type { Engine, EngineBrowser } from './engine.ts';
import { firefox } from './firefox.ts';
import { webkit } from './webkit.ts';

// npm run advice:engines -- [DIR]: hashes of the advice on the golden ledgers, and on each `normalised.json` below DIR
// as of its last day, in Node, Chromium, Firefox and WebKit. Ends with 1 where two differ.

type NormalisedLedger = {
  readonly currency: string;
  readonly tx: readonly {
    readonly id: number;
    readonly kind: string;
    readonly date: string;
    readonly amount: number;
    readonly description?: string;
    readonly category?: string;
  }[];
};

const ledgersIn = (folder: string): readonly NamedLedger[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('normalised.json'))
    .sort()
    .map((path) => ledgerOf(relative(folder, join(folder, dirname(path))), join(folder, path)));

/** What is neither spent nor earned is left out by the advisor, and named. */
const ledgerOf = (name: string, path: string): NamedLedger => {
  const { currency, tx } = JSON.parse(readFileSync(path, 'utf8')) as NormalisedLedger;
  const entries = tx.map(
    ({ id, kind, date, amount, description = '', category }) =>
      ({
        id: String(id),
        kind,
        date,
        amountMinor: amount,
        currency,
        title: description,
        categoryId: category || null,
      }) as Entry,
  );
  return { name, entries, asOf: entries.map(({ date }) => date).reduce((a, b) => (a > b ? a : b)) };
};

/** Of the golden ledgers first, then of those given. */
const hashesIn = async (engine: Engine, ledgers: readonly NamedLedger[]): Promise<readonly string[]> => {
  const dir = mkdtempSync(join(tmpdir(), 'fintrack-advice-'));
  const page = await startAdvicePage(ledgers);
  let browser: EngineBrowser | undefined;
  try {
    browser = await engine.open({ profileDir: profileIn(dir, 0) });
    const tab = await browser.newTab(page.url);
    const hashes = [await goldenHashIn(tab)];
    for (const index of ledgers.keys()) hashes.push(await adviceHashIn(tab, index));
    return hashes;
  } finally {
    await browser?.close();
    await page.close();
    rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
  }
};

const [folder] = process.argv.slice(2);
const ledgers = folder === undefined ? [] : ledgersIn(resolve(folder));
const inNode = [goldenText(), ...ledgers.map((ledger) => adviceToJson(advise(ledger)))].map(sha256);
const byEngine = new Map([['Node', inNode as readonly string[]]]);
for (const engine of [chromium, firefox, webkit]) byEngine.set(engine.name, await hashesIn(engine, ledgers));

const names = ['golden', ...ledgers.map(({ name }) => name)];
let areEqual = true;
for (const [index, name] of names.entries()) {
  const hashes = Object.fromEntries([...byEngine].map(([engine, all]) => [engine, all[index]]));
  const expected = index === 0 ? goldenHashes[adviceVersion] : inNode[index];
  const isEqual = Object.values(hashes).every((hash) => hash === expected);
  areEqual &&= isEqual;
  process.stdout.write(`${JSON.stringify({ ledger: name, isEqual, ...(isEqual ? { sha256: expected } : hashes) })}\n`);
}
process.exitCode = areEqual ? 0 : 1;
