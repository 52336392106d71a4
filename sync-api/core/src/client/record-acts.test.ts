import { describe, expect, it } from 'vitest';
import { chainHash, chainStart, identityOf } from '../protocol/change.ts';
import { limits } from '../protocol/limits.ts';
import { pendingSeq } from '../row.ts';
import { testId, testReplica } from '../testing/change-builder.ts';
import {
  createTestDevice,
  createTestServer,
  deleteExpense,
  expenseKey,
  setExpense,
  setNote,
} from '../testing/test-device.ts';
import { type Act, look, recordActs } from './record-acts.ts';

const device = (letter = 'a', server = createTestServer()) => createTestDevice(letter, server);

describe('recording what a person did', () => {
  it('[D1] writes row, outbox item and numbers in one transaction', async () => {
    const a = device();
    expect(await a.act([setNote('tea', 1), setNote('rent', 2)])).toEqual({ first: 1, last: 2 });
    const { meta, outbox, records } = a.state();
    expect(meta).toMatchObject({ nextNumber: 3, confirmedNumber: 0, cursor: 0 });
    expect(outbox).toHaveLength(1);
    expect(records.get(expenseKey(2))).toMatchObject({ confirmed: undefined, pending: [2] });
    expect(a.values(2)).toEqual({ note: 'rent' });
    expect(a.row()?.cells['note']?.version.seq).toBe(pendingSeq);
  });

  it('[D4] [P3] [P4] stamps numbers without a gap on one chain, with the identities they give', async () => {
    const a = device();
    await a.act([setNote('one', 1), setNote('two', 2)]);
    await a.act(setNote('three', 3));
    const { meta, outbox } = a.state();
    const changes = outbox.flatMap((item) => item.changes);
    const hashes: string[] = [];
    for (const change of changes) hashes.push(chainHash(hashes.at(-1) ?? chainStart, change));
    expect(outbox.map(({ first, last, previous, hash }) => [first, last, previous, hash])).toEqual([
      [1, 2, chainStart, hashes[1]],
      [3, 3, hashes[1], hashes[2]],
    ]);
    expect(meta).toMatchObject({ nextNumber: 4, chain: hashes[2] });
    expect(outbox.flatMap((item) => item.identities)).toEqual(
      hashes.map((hash, i) => identityOf(testReplica('a'), i + 1, hash)),
    );
  });

  it('[D1] packs the acts of one call into one item, a thousand of them', async () => {
    const a = device();
    await a.act(Array.from({ length: 1000 }, (_, i) => setNote(`row ${i}`, i + 1)));
    expect(a.state().outbox).toHaveLength(1);
    expect(a.state().outbox[0]).toMatchObject({ first: 1, last: 1000 });
  });

  it('[S3] an act that the server would flag is refused, and nothing of the call is written', async () => {
    const a = device();
    await a.act(setNote('tea'));
    const before = a.state();
    const recorded = await recordActs(a.store, [setNote('coffee'), setExpense({ date: '2026-02-30' }, 2)], { at: 5 });
    expect(recorded).toMatchObject({ ok: false, error: { type: 'invalid', index: 1, reason: { group: 'date' } } });
    expect(a.state()).toBe(before);
  });

  it('[P7] a change over the size limit is refused in the form and never queued', async () => {
    const a = device();
    const big: Act = { ...setExpense({ laterField: 'x'.repeat(limits.changeSizeBytesMax) }) };
    expect(await recordActs(a.store, [big], { at: 5 })).toMatchObject({
      ok: false,
      error: { type: 'invalid', index: 0, reason: { type: 'tooLarge' } },
    });
    expect(a.state().outbox).toEqual([]);
  });

  it('[P7] more acts than one push may carry are refused at once', async () => {
    const a = device();
    const acts = Array.from({ length: limits.changesPerPushMax + 1 }, () => setNote('tea'));
    const recorded = await recordActs(a.store, acts, { at: 5 });
    expect(recorded).toEqual({ ok: false, error: { type: 'tooMany', actsMax: limits.changesPerPushMax } });
    expect(a.meta().nextNumber).toBe(1);
  });

  it('a deleted account takes nothing more', async () => {
    const a = device();
    a.store.replace({ ...a.state(), meta: { ...a.meta(), sealed: true } });
    expect(await recordActs(a.store, [setNote('tea')], { at: 5 })).toEqual({ ok: false, error: { type: 'sealed' } });
  });

  it('[F6] an act that happened at another time carries that time', async () => {
    const a = device();
    await a.act([{ ...setNote('old'), at: 7 }, setNote('new', 2)], { at: 99 });
    expect(a.state().outbox[0]?.changes.map((change) => change.at)).toEqual([7, 99]);
  });
});

describe('what an act saw', () => {
  const lastSet = (a: ReturnType<typeof device>) => a.state().outbox.at(-1)?.changes.at(-1)?.set;

  it('[F2] a first value is typed on nothing, and base 0 is left out', async () => {
    const a = device();
    await a.act(setNote('tea'));
    expect(lastSet(a)).toEqual({ note: ['tea'] });
  });

  it('[F2] a confirmed value gives its position as base', async () => {
    const a = device();
    await a.act(setNote('tea'));
    await a.settle();
    await a.act(setNote('coffee'));
    expect(lastSet(a)).toEqual({ note: ['coffee', 1] });
  });

  it('[F2] a pending own value lends its base and is named by `over`, also within one call', async () => {
    const a = device();
    await a.act(setNote('tea'));
    await a.settle();
    await a.act([setNote('coffee'), setNote('water')]);
    const [first] = a.state().outbox[0]?.identities ?? [];
    expect(lastSet(a)).toEqual({ note: ['water', 1, first] });
  });

  it('[F2] a form opened before a remote value came in does not claim to have seen it', async () => {
    const server = createTestServer();
    const [a, b] = [device('a', server), device('b', server)];
    await a.act(setNote('tea'));
    await a.settle();
    await b.settle();
    const { sight } = await look(a.store, expenseKey());
    await b.act(setNote('remote'));
    await b.settle();
    await a.settle();
    expect(a.values()).toEqual({ note: 'remote' });
    await a.act({ ...setNote('typed meanwhile'), sight }, { at: 2_000_000 });
    expect(lastSet(a)).toEqual({ note: ['typed meanwhile', 1] });
    await a.settle();
    await b.settle();
    expect(b.values()).toEqual(a.values());
    expect(b.state().journal).toMatchObject([{ type: 'lost', group: 'note' }]);
  });

  it('[F5] a delete names what it saw of every group, its own tombstone group among them', async () => {
    const a = device();
    await a.act(setExpense({ note: 'tea', date: '2026-03-01' }));
    await a.settle();
    await a.act(setNote('coffee'));
    const [pending] = a.state().outbox[0]?.identities ?? [];
    await a.act(deleteExpense());
    expect(a.state().outbox.at(-1)?.changes[0]).toMatchObject({
      op: 'delete',
      see: { note: [1, pending], date: [1], deleted: [0] },
    });
    expect(a.row()?.deleted?.value).toBe(true);
  });

  it('[F5] deleting what is not there, or twice, does nothing', async () => {
    const a = device();
    expect(await a.act(deleteExpense())).toBeNull();
    await a.act(setNote('tea'));
    await a.act(deleteExpense());
    const before = a.state();
    expect(await a.act(deleteExpense())).toBeNull();
    expect(a.state()).toBe(before);
  });

  it('[F5] a restore carries its values and covers the delete it saw', async () => {
    const a = device();
    await a.act(setNote('tea'));
    await a.settle();
    await a.act(deleteExpense());
    const [deletion] = a.state().outbox[0]?.identities ?? [];
    await a.act({ ...setNote('tea again'), restore: true });
    expect(lastSet(a)).toEqual({ note: ['tea again', 1], deleted: [false, 0, deletion] });
    await a.settle();
    expect(a.values()).toEqual({ note: 'tea again' });
    expect(a.state().journal).toEqual([]);
  });

  it('[F7] what a program makes is skipped where a row is shown', async () => {
    const a = device();
    const generate: Act = { type: 'generate', kind: 'expense', id: testId(1), values: { note: 'made' } };
    expect(await a.act(generate)).toEqual({ first: 1, last: 1 });
    expect(a.row()?.cells['note']?.version.generated).toBe(true);
    expect(await a.act(generate)).toBeNull();
    await a.act(deleteExpense());
    expect(await a.act(generate)).toBeNull();
  });

  it('[D9] a claimed act sees nothing: base 0, no `over`, and its progress commits with it', async () => {
    const a = device();
    await a.act(setNote('tea'));
    await a.settle();
    await a.act(setNote('mine'));
    const claim = { from: 'local', after: expenseKey(1), done: false };
    await a.act([setNote('claimed'), deleteExpense(2)], { claim });
    const item = a.state().outbox.at(-1);
    expect(item).toMatchObject({ claimed: true, changes: [{ set: { note: ['claimed'] } }, { op: 'delete', see: {} }] });
    expect(a.meta().claim).toEqual(claim);
    expect(a.values()).toEqual({ note: 'mine' });
  });

  it('[D9] an empty chunk commits its progress', async () => {
    const a = device();
    const claim = { from: 'local', after: '', done: true };
    expect(await a.act([], { claim })).toBeNull();
    expect(a.meta().claim).toEqual(claim);
  });

  it('[F2] an act names the epoch that its bases count in, unless it is the first', async () => {
    const a = device();
    a.store.replace({ ...a.state(), meta: { ...a.meta(), epoch: 2 } });
    await a.act(setNote('tea'));
    expect(a.state().outbox[0]?.changes[0]?.epoch).toBe(2);
  });
});
