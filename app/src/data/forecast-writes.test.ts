import 'fake-indexeddb/auto';
import { forecastSubject } from '@fintrack/advisor-core';
import { createMemoryChangeLog } from '@fintrack/sync-core/testing';
import { describe, expect, it } from 'vitest';
import type { MadeForecast } from '../model/ledger.ts';
import { forecastKind, frozenForecastOf } from './forecasts.ts';
import { readKind } from './stored-lists.ts';
import { syncThrough } from './testing/sync-through.ts';
import { saveBackedUpAt } from './sync-facts.ts';
import { createTestLedger, tea, type TestLedger, testUuid } from './testing/test-ledger.ts';

const made: MadeForecast = {
  month: '2026-11',
  currency: 'EUR',
  categoryId: null,
  made: '2026-11-10',
  amountMinor: 120_000,
  lowMinor: 100_000,
  highMinor: 150_000,
};

/** An account's ledger, all of which was on the device once. */
const wholeLedger = async (): Promise<TestLedger> => {
  const device = createTestLedger();
  await device.ledger.saveEntry(tea);
  await saveBackedUpAt(device.database, 1);
  return device;
};

const frozen = async ({ database }: TestLedger) => (await readKind(database, forecastKind)).map(frozenForecastOf);

const told = (pointMinor: number) => ({
  subject: forecastSubject('EUR', { type: 'total' }),
  month: '2026-11',
  asOf: '2026-11-10',
  pointMinor,
  lowMinor: 100_000,
  highMinor: 150_000,
});

describe('a forecast', () => {
  it('stays as it was made first', async () => {
    const device = await wholeLedger();
    await device.ledger.freezeForecasts(device.database.name, [made]);
    await device.ledger.freezeForecasts(device.database.name, [{ ...made, made: '2026-11-20', amountMinor: 1 }]);
    expect(await frozen(device)).toEqual([told(120_000)]);
  });

  it('of the advice about another ledger is not kept', async () => {
    const [device, other] = [await wholeLedger(), await wholeLedger()];
    const answered = await device.ledger.freezeForecasts(other.database.name, [made]);
    expect(answered).toEqual({ ok: false, error: { type: 'otherLedger' } });
    expect(await frozen(device)).toEqual([]);
  });

  it('made of part of a ledger is not kept', async () => {
    const device = createTestLedger();
    await device.ledger.saveEntry(tea);
    const answered = await device.ledger.freezeForecasts(device.database.name, [made]);
    expect(answered).toEqual({ ok: false, error: { type: 'notWhole' } });
    expect(await frozen(device)).toEqual([]);
    const local = createTestLedger({ isLocal: true });
    expect(await local.ledger.freezeForecasts(local.database.name, [made])).toMatchObject({ ok: true });
  });

  it('of a category is another than that of all spending', async () => {
    const device = await wholeLedger();
    await device.ledger.freezeForecasts(device.database.name, [made, { ...made, categoryId: testUuid(5) }]);
    const subjects = (await frozen(device)).map((each) => each?.subject ?? '');
    expect(new Set(subjects)).toEqual(new Set(['EUR', `EUR.${testUuid(5)}`]));
  });

  it('[F7] that two devices made is one, the same on both, and nobody is asked to choose', async () => {
    const log = createMemoryChangeLog();
    const [a, b] = [await wholeLedger(), await wholeLedger()];
    await a.ledger.freezeForecasts(a.database.name, [made]);
    await b.ledger.freezeForecasts(b.database.name, [{ ...made, amountMinor: 130_000 }]);
    for (const device of [a, b, a]) await syncThrough(log, device);
    for (const device of [a, b]) {
      expect(await frozen(device)).toEqual([told(120_000)]);
      expect(await device.ledger.notices()).toEqual([]);
    }
  });
});
