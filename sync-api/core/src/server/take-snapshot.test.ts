import { describe, expect, it } from 'vitest';
import { dismissalId } from '../protocol/derived-ids.ts';
import { journalId } from '../journal.ts';
import { createLivedServer, pushNotes, smallSettings } from '../testing/test-lifecycle.ts';
import { setExpense, testSpace } from '../testing/test-device.ts';
import { type BlobStore, noFacts } from './ports.ts';
import { ledgerAt, openJournal } from './ledger-state.ts';
import { takeSnapshot } from './take-snapshot.ts';

const grown = async (entries: number) => {
  const server = createLivedServer();
  const a = server.device('a');
  await pushNotes(a, 1, entries);
  return { server, a };
};
const factsOf = (server: ReturnType<typeof createLivedServer>) => server.history.spaces.facts(testSpace);

describe('taking a snapshot', () => {
  it('[L1] is due at every so many entries, and not twice', async () => {
    const { server } = await grown(3);
    expect(await takeSnapshot(server.history, testSpace)).toBeUndefined();
    await pushNotes(server.device('b'), 10, 3);
    expect(await takeSnapshot(server.history, testSpace)).toMatchObject({ epoch: 1, seq: 4 });
    expect(await takeSnapshot(server.history, testSpace)).toBeUndefined();
    expect((await factsOf(server)).snapshots.map(({ seq }) => seq)).toEqual([4]);
  });

  it('[L1] holds the ledger at that position, which the entries above do not change', async () => {
    const { server, a } = await grown(4);
    await takeSnapshot(server.history, testSpace);
    await a.act(setExpense({ note: 'later' }, 1));
    await a.settle();
    const { snapshots } = await factsOf(server);
    const fromSnapshot = await ledgerAt(server.history, testSpace, snapshots, 4);
    const fromLog = await ledgerAt(server.history, testSpace, [], 4);
    expect(fromSnapshot).toEqual(fromLog);
    expect(fromSnapshot.rows.size).toBe(4);
  });

  it('[L1] one that cannot be read back whole is never pointed to', async () => {
    const { server } = await grown(4);
    const { blobs } = server.history;
    const damaging: BlobStore = {
      ...blobs,
      write: (name, text) => blobs.write(name, name.endsWith('000001') ? text.slice(1) : text),
    };
    await expect(takeSnapshot({ ...server.history, blobs: damaging }, testSpace)).rejects.toThrow('part 1');
    expect(await factsOf(server)).toEqual(noFacts);
    expect(await takeSnapshot(server.history, testSpace)).toMatchObject({ seq: 4 });
  });

  it('[L1] two are kept, and the parts of older ones removed', async () => {
    const server = createLivedServer();
    const a = server.device('a');
    for (let round = 0; round < 3; round++) {
      await pushNotes(a, 1 + round * 4, 4);
      await takeSnapshot(server.history, testSpace);
    }
    expect((await factsOf(server)).snapshots.map(({ seq }) => seq)).toEqual([12, 8]);
    const folders = new Set([...server.history.blobs.texts.keys()].map((name) => name.split('/')[2]));
    expect(folders).toEqual(new Set(['1-0000000008', '1-0000000012']));
  });

  it('[L1] [fault 21] a damaged snapshot is passed over for the one before, and that for the log', async () => {
    const server = createLivedServer();
    const a = server.device('a');
    await pushNotes(a, 1, 4);
    await takeSnapshot(server.history, testSpace);
    await pushNotes(a, 5, 4);
    await takeSnapshot(server.history, testSpace);
    const { snapshots } = await factsOf(server);
    const whole = await ledgerAt(server.history, testSpace, [], 8);
    for (const [name] of server.history.blobs.texts) {
      if (name.includes('1-0000000008/000000')) await server.history.blobs.write(name, '{}');
    }
    expect(await ledgerAt(server.history, testSpace, snapshots, 8)).toEqual(whole);
    for (const [name] of server.history.blobs.texts) await server.history.blobs.write(name, '{}');
    expect(await ledgerAt(server.history, testSpace, snapshots, 8)).toEqual(whole);
  });

  it('[L1] takers that run at once leave one pointer to what the log says', async () => {
    const { server } = await grown(4);
    await Promise.all([1, 2, 3].map(() => takeSnapshot(server.history, testSpace)));
    const { snapshots } = await factsOf(server);
    expect(snapshots).toHaveLength(1);
    expect((await ledgerAt(server.history, testSpace, snapshots, 4)).digest).toBe(snapshots[0]?.digest);
  });

  it('[L1] what was resolved is left out of the journal, and of lost values the latest of a group stays', async () => {
    const server = createLivedServer();
    const [a, b] = [server.device('a'), server.device('b')];
    const clash = async (round: number) => {
      await a.settle();
      await b.settle();
      await a.settle();
      await a.act(setExpense({ note: `by a ${round}` }));
      await b.act(setExpense({ note: `by b ${round}` }));
    };
    for (const round of [1, 2]) await clash(round);
    await a.settle();
    await b.settle();
    const ledger = await ledgerAt(server.history, testSpace, [], server.log.entries(testSpace).length);
    expect(ledger.journal.size).toBe(2);
    const [record] = openJournal(ledger);
    expect(openJournal(ledger)).toHaveLength(1);
    const id = journalId(record as NonNullable<typeof record>);
    await a.act({ type: 'set', kind: 'dismissal', id: dismissalId(id), values: { insight: id, reason: 'resolved' } });
    await a.settle();
    const after = await ledgerAt(server.history, testSpace, [], server.log.entries(testSpace).length);
    expect(openJournal(after).map(journalId)).not.toContain(id);
  });

  it('[L1] parts hold so many records, and cover all keys without a gap', async () => {
    const { server } = await grown(4);
    await takeSnapshot(server.history, testSpace);
    const parts = [...server.history.blobs.texts]
      .filter(([name]) => !name.endsWith('manifest'))
      .map(([, text]) => JSON.parse(text) as { range: { after: string; through: string }; rows: unknown[] });
    expect(parts.map(({ rows }) => rows.length)).toEqual([smallSettings.recordsPerPart, smallSettings.recordsPerPart]);
    expect(parts[0]?.range.after).toBe('');
    expect(parts[1]?.range).toEqual({ after: parts[0]?.range.through, through: '' });
  });
});
