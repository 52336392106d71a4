import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { AdvisorHost } from './advisor-host.ts';
import { openAdvisorSource } from './advisor-source.ts';
import type { AnnouncedWrite } from './announced-writes.ts';
import { createTestLedger, tea, testUuid } from './testing/test-ledger.ts';

const asOf = '2026-11-20';
const impatient = { announcementMsMax: 0, delay: async () => undefined };

const setUp = () => {
  const opened: string[] = [];
  const host = new AdvisorHost({
    ...impatient,
    openSource: (name) => {
      opened.push(name);
      return openAdvisorSource(name);
    },
  });
  const announce = (write: AnnouncedWrite): void => host.announced(write);
  const entryCount = async (ledger: string) => {
    const answered = await host.answer({ ask: 'advice', ledger, asOf });
    return answered.ok && 'entryCount' in answered.value ? answered.value.entryCount : answered;
  };
  return { host, announce, opened, entryCount };
};

describe('the host of the advisor', () => {
  it('answers about the ledger that is asked about, after each of its writes', async () => {
    const { announce, opened, entryCount } = setUp();
    const [a, b] = [createTestLedger({ announce }), createTestLedger({ announce })];
    await a.ledger.saveEntry(tea);
    expect(await entryCount(a.database.name)).toBe(1);
    await a.ledger.saveEntry(tea);
    expect(await entryCount(a.database.name)).toBe(2);
    await b.ledger.saveEntry(tea);
    expect([await entryCount(b.database.name), await entryCount(a.database.name)]).toEqual([1, 2]);
    expect(opened).toEqual([a.database.name, b.database.name, a.database.name]);
  });

  it('answers about one ledger although it was asked about another a moment before', async () => {
    const { announce, entryCount, opened } = setUp();
    const [a, b] = [createTestLedger({ announce }), createTestLedger({ announce })];
    await a.ledger.saveEntry(tea);
    await b.ledger.saveEntry(tea);
    const [, ofB] = await Promise.all([entryCount(a.database.name), entryCount(b.database.name)]);
    expect(ofB).toBe(1);
    await b.ledger.saveEntry(tea);
    expect(await entryCount(b.database.name)).toBe(2);
    expect(opened).toEqual([a.database.name, b.database.name]);
  });

  it('suggests a category', async () => {
    const { host, announce } = setUp();
    const { ledger, database } = createTestLedger({ announce });
    await ledger.saveEntry({ ...tea, categoryId: testUuid(1) });
    const about = { title: tea.title, amountMinor: tea.amountMinor };
    const answered = await host.answer({ ask: 'suggestCategory', ledger: database.name, about });
    expect(answered).toMatchObject({ ok: true, value: [{ categoryId: testUuid(1), reason: { type: 'same-title' } }] });
  });

  it('says that there is no ledger, and looks again when it is asked again', async () => {
    const { announce, entryCount } = setUp();
    const closed = { ok: false, error: { type: 'closed' } };
    expect(await entryCount('ledger-of-later')).toEqual(closed);
    const { ledger } = createTestLedger({ name: 'ledger-of-later', announce });
    await ledger.saveEntry(tea);
    expect(await entryCount('ledger-of-later')).toBe(1);
  });

  it('lets go of a ledger that a newer version of the app wants', async () => {
    const { announce, entryCount } = setUp();
    const { ledger, database } = createTestLedger({ announce });
    await ledger.saveEntry(tea);
    expect(await entryCount(database.name)).toBe(1);
    database.close();
    const upgraded = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open(database.name, 1000);
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(opening.error);
    });
    expect(await entryCount(database.name)).toEqual({ ok: false, error: { type: 'closed' } });
    upgraded.close();
  });

  it('says why it broke, and goes on with the next question', async () => {
    const { host, announce, entryCount } = setUp();
    const { ledger, database } = createTestLedger({ announce });
    await ledger.saveEntry(tea);
    const asked = await host.answer({ ask: 'advice', ledger: database.name, asOf: '2026-02-31' });
    expect(asked).toEqual({ ok: false, error: { type: 'stopped', why: 'no such day: 2026-02-31' } });
    expect(await entryCount(database.name)).toBe(1);
  });
});
