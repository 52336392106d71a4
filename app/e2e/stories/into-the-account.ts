import { isDeepStrictEqual } from 'node:util';
import type { Device } from '../harness/device.ts';
import type { DeviceLedger } from '../harness/device-ledger.ts';
import { eventually, type Patience } from '../harness/eventually.ts';
import { type LedgerFacts, tableLedger } from '../harness/ledger-facts.ts';
import type { TestCloud } from '../harness/test-cloud.ts';
import { type Person, signIn, signUp } from '../screens/account.ts';
import { accountLedger, backedUp } from '../screens/sync.ts';

export type ThreeViews = {
  readonly onA: DeviceLedger;
  readonly onB: DeviceLedger;
  readonly inTables: LedgerFacts;
  readonly indexedRowsOfEveryone: number;
};

export type Journey = {
  readonly cloud: TestCloud;
  readonly a: Device;
  readonly b: Device;
  readonly person: Person;
  readonly patience?: Patience;
};

/** A comes online, signs up, and backs up what it holds; B signs in. What each of them and the tables hold then. */
export const intoTheAccount = async ({ cloud, a, b, person, patience = {} }: Journey): Promise<ThreeViews> => {
  await a.goOnline();
  await signUp(a.page, cloud, person);
  await backedUp(a, patience);
  await b.open();
  await signIn(b.page, person);
  await backedUp(b, patience);
  const onA = await accountLedger(a);
  const onB = await eventualLedger(b, onA, patience);
  const { inTables, indexedRowsOfEveryone } = await eventualTables(cloud, person, onA, patience);
  return { onA, onB, inTables, indexedRowsOfEveryone };
};

/** What B holds once it is like A; what it holds at the end of patience otherwise, for whoever compares. */
const eventualLedger = async (b: Device, onA: DeviceLedger, patience: Patience): Promise<DeviceLedger> => {
  let last: DeviceLedger | undefined;
  const same = async () => {
    last = await accountLedger(b);
    return sameLedger(last, onA) ? last : undefined;
  };
  return eventually('B holds what A holds', same, patience).catch((error: unknown) => orThrow(last, error));
};

/** The tables follow the log by a moment. */
const eventualTables = async (cloud: TestCloud, { email }: Person, onA: DeviceLedger, patience: Patience) => {
  let last: { inTables: LedgerFacts; indexedRowsOfEveryone: number } | undefined;
  const same = async () => {
    const tables = await cloud.tables(email);
    last = { inTables: tableLedger(tables), indexedRowsOfEveryone: tables.indexedRowsOfEveryone };
    const isAll = last.indexedRowsOfEveryone === onA.entries.length + onA.budgets.length;
    return isAll && sameLedger(last.inTables, onA) ? last : undefined;
  };
  return eventually('the tables hold what A holds', same, { ...patience, everyMs: 700 }).catch((error: unknown) =>
    orThrow(last, error),
  );
};

const orThrow = <T>(last: T | undefined, error: unknown): T => {
  if (last === undefined) throw error;
  return last;
};

export const sameLedger = (left: LedgerFacts, right: LedgerFacts): boolean =>
  isDeepStrictEqual([left.entries, left.budgets, left.totals], [right.entries, right.budgets, right.totals]);
