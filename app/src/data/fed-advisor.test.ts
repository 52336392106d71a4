import 'fake-indexeddb/auto';
import { adviceToJson } from '@fintrack/advisor-core';
import { dateToDayNumber, dayNumberToDate } from '@fintrack/sync-core/protocol';
import { describe, expect, it } from 'vitest';
import { type AdvisorSource, openAdvisorSource } from './advisor-source.ts';
import type { AnnouncedWrite } from './announced-writes.ts';
import { FedAdvisor, type FedAdvisorDeps } from './fed-advisor.ts';
import { saveBackedUpAt } from './sync-facts.ts';
import { createTestLedger, tea, testUuid } from './testing/test-ledger.ts';

const asOf = '2026-11-20';
const category = testUuid(1);

/** Nobody waits: what was not announced by now was missed. */
const impatient = { announcementMsMax: 0, delay: async () => undefined };

/** Counts how often the whole ledger is read. */
const counting = (source: AdvisorSource) => {
  const counts = { wholeReads: 0 };
  const counted: AdvisorSource = {
    ...source,
    rowsOfKind: (kind) => {
      if (kind === 'expense') counts.wholeReads += 1;
      return source.rowsOfKind(kind);
    },
  };
  return { counted, counts };
};

const setUp = async (deps: FedAdvisorDeps = impatient) => {
  const listeners = new Set<(write: AnnouncedWrite) => void>();
  const made = createTestLedger({ announce: (write) => listeners.forEach((tell) => tell(write)) });
  const { ledger, database } = made;
  await ledger.saveEntry(tea);
  const { counted, counts } = counting(await openAdvisorSource(database.name));
  const fed = new FedAdvisor(counted, deps);
  const hear = (write: AnnouncedWrite): void => fed.announced(write);
  listeners.add(hear);
  /** What an advisor says that reads the ledger now. */
  const afresh = async () => {
    const another = new FedAdvisor(await openAdvisorSource(database.name), impatient);
    const advice = await another.advise(asOf);
    another.close();
    return adviceToJson(advice);
  };
  return { ...made, fed, counts, afresh, goDeaf: () => listeners.delete(hear) };
};

const mustId = (saved: Awaited<ReturnType<ReturnType<typeof createTestLedger>['ledger']['saveEntry']>>): string => {
  if (!saved.ok) throw new Error(saved.error.type);
  return saved.value.id;
};

describe('an advisor fed by a stored ledger', () => {
  it('says after every change what one says that reads the ledger anew, and reads it once', async () => {
    const { ledger, fed, counts, afresh } = await setUp();
    const isSame = async () => expect(adviceToJson(await fed.advise(asOf))).toBe(await afresh());
    await isSame();
    const id = mustId(await ledger.saveEntry({ ...tea, title: 'Lamp', amountMinor: 6497, categoryId: category }));
    await isSame();
    await ledger.setBudget({ categoryId: category, month: '2026-11', amountMinor: 5000, currency: 'EUR' });
    await isSame();
    await ledger.saveEntry({ ...tea, id, title: 'Lamp', amountMinor: 9000, date: '2026-10-02', categoryId: category });
    await isSame();
    await ledger.deleteEntry('expense', id);
    await isSame();
    await ledger.restoreEntry('expense', id);
    await isSame();
    await ledger.setDismissal({ insight: `entry:${id}`, reason: 'excluded' });
    await isSame();
    expect(counts.wholeReads).toBe(1);
  });

  it('reads the ledger anew where it missed a write', async () => {
    const { ledger, fed, counts, afresh, goDeaf } = await setUp();
    await fed.advise(asOf);
    goDeaf();
    await ledger.saveEntry({ ...tea, title: 'Unheard of' });
    expect(adviceToJson(await fed.advise(asOf))).toBe(await afresh());
    expect(counts.wholeReads).toBe(2);
  });

  it('waits for word of a write that it sees before', async () => {
    const { ledger, fed, counts, afresh, goDeaf, database } = await setUp({
      announcementMsMax: 1,
      // As long as nobody announces anything.
      delay: () => new Promise(() => undefined),
    });
    const { writeCount } = await (await openAdvisorSource(database.name)).rows([]);
    await fed.advise(asOf);
    goDeaf();
    const id = mustId(await ledger.saveEntry({ ...tea, title: 'Late word' }));
    const asked = fed.advise(asOf);
    fed.announced({ writeCount: writeCount + 1, keys: [`expense/${id}`] });
    expect(adviceToJson(await asked)).toBe(await afresh());
    expect(counts.wholeReads).toBe(1);
  });

  it('takes away what somebody knows, and brings it back when that is taken back', async () => {
    const { ledger, fed } = await setUp();
    await ledger.saveEntry({ ...tea, amountMinor: 9000, categoryId: category });
    await ledger.setBudget({ categoryId: category, month: '2026-11', amountMinor: 5000, currency: 'EUR' });
    const keys = async () => (await fed.advise(asOf)).shown.map(({ key }) => key);
    const [insight = ''] = await keys();
    expect(insight).toMatch(/^budget-over:/);
    await ledger.setDismissal({ insight, reason: 'known' });
    expect(await ledger.dismissals()).toEqual([{ insight, reason: 'known' }]);
    expect(await keys()).toEqual([]);
    await ledger.setDismissal({ insight, reason: null });
    expect([await keys(), await ledger.dismissals()]).toEqual([[insight], []]);
  });

  it('knows the entries that its advice names', async () => {
    const { ledger, fed } = await setUp();
    const id = mustId(await ledger.saveEntry({ ...tea, title: 'Named' }));
    expect(await fed.entries([id, 'gone'])).toMatchObject([{ id, title: 'Named', amountMinor: tea.amountMinor }]);
  });

  it('suggests a category from what is stored, and from what is saved and corrected since', async () => {
    const { ledger, fed, counts } = await setUp();
    const best = async (title: string) => (await fed.suggestCategory({ title, amountMinor: 500 }))[0]?.categoryId;
    expect(await best('Lamp')).toBeUndefined();
    const lamp = { ...tea, title: 'Lamp', categoryId: category };
    const id = mustId(await ledger.saveEntry(lamp));
    expect(await best('Lamp')).toBe(category);
    await ledger.saveEntry({ ...lamp, id, categoryId: testUuid(2) });
    expect(await best('Lamp')).toBe(testUuid(2));
    expect(counts.wholeReads).toBe(1);
  });

  it('answers other questions while it learns categories', async () => {
    const { ledger, fed } = await setUp({
      announcementMsMax: 1,
      // A pause in learning never ends.
      delay: (ms) => (ms === 0 ? new Promise(() => undefined) : Promise.resolve()),
    });
    const rows = Array.from({ length: 300 }, (_, line) => ({ ...tea, line, categoryId: category }));
    await ledger.importRows({ importId: testUuid(7), fileName: 'a.csv', fileSizeBytes: 1, rows }, () => undefined);
    void fed.suggestCategory({ title: 'Lamp', amountMinor: 500 });
    await fed.entries([]);
    expect((await fed.advise(asOf)).entryCount).toBe(301);
  });

  it('scores what was forecast for a month that is over', async () => {
    const { ledger, database, fed } = await setUp();
    const rows = Array.from({ length: 56 }, (_, line) => ({
      ...tea,
      line,
      date: dayNumberToDate(dateToDayNumber('2025-09-03') + line * 7),
      amountMinor: 2000,
    }));
    await ledger.importRows({ importId: testUuid(8), fileName: 'a.csv', fileSizeBytes: 1, rows }, () => undefined);
    const recordOf = async () =>
      (await fed.advise('2026-10-10')).forecasts.find(({ of }) => of.type === 'total')?.record;
    expect(await recordOf()).toMatchObject({ count: 0 });
    const made = { month: '2026-09', currency: 'EUR', categoryId: null, made: '2026-09-10' };
    await saveBackedUpAt(database, 1);
    await ledger.freezeForecasts(database.name, [{ ...made, amountMinor: 8000, lowMinor: 6000, highMinor: 11_000 }]);
    expect(await recordOf()).toMatchObject({ count: 1, coveredPercent: 100, isPoor: false });
  });

  it('reads more entries than one look takes', async () => {
    const { ledger, fed } = await setUp();
    const rows = Array.from({ length: 2500 }, (_, line) => ({
      ...tea,
      line,
      title: `Row ${line}`,
      date: dayNumberToDate(20_000 + (line % 300)),
    }));
    for (let from = 0; from < rows.length; from += 1000) {
      const part = rows.slice(from, from + 1000);
      const request = { importId: testUuid(9), fileName: 'rows.csv', fileSizeBytes: 1, rows: part };
      await ledger.importRows(request, () => undefined);
    }
    expect((await fed.advise(asOf)).entryCount).toBe(2501);
  });
});

describe('a ledger that is not there', () => {
  it('is not made by asking for it', async () => {
    await expect(openAdvisorSource('fintrack-nobody')).rejects.toThrow('fintrack-nobody');
    expect((await indexedDB.databases()).map(({ name }) => name)).not.toContain('fintrack-nobody');
  });
});
