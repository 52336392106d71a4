import { describe, expect, it } from 'vitest';
import { baseInLog } from './base-in-log.ts';
import { foldChange, keysOf, openEntry } from './fold.ts';
import type { Change, Write } from './protocol/change.ts';
import type { Json } from './protocol/json.ts';
import { createAuthor, erased, testId, testReplica, typed, typedAt as at } from './testing/change-builder.ts';
import { createTestLog } from './testing/test-log.ts';

const made = (set: Readonly<Record<string, Write>>): Change => typed(set, { op: 'generate' });

describe('an identity', () => {
  const change = typed({ note: ['tea'] });

  it('[F1] folded once is skipped when a re-stamped copy comes', () => {
    const log = createTestLog();
    const first = log.append('a', change);
    const before = log.row();
    log.append('b', { ...change, origin: first });
    expect(log.row()).toBe(before);
    expect(log.journal).toEqual([]);
  });

  it('[F1] of a re-stamped change is kept by the row, so that a later copy is skipped even after it was overwritten', () => {
    const log = createTestLog();
    const origin = 'lost-profile:1:aa';
    log.append('b', { ...change, origin });
    log.append('c', typed({ note: ['coffee', 1] }));
    log.append('d', { ...change, origin });
    expect(log.values()).toEqual({ note: 'coffee' });
    expect(log.row()?.restamped).toEqual([origin]);
    expect(log.journal).toEqual([]);
  });

  it('[F1] of a delete or of a made row is skipped too', () => {
    const log = createTestLog();
    const creation = log.append('a', made({ note: ['tea'] }));
    const deletion = log.append('a', erased({ note: [1] }));
    const before = log.row();
    log.append('b', { ...made({ note: ['tea'] }), origin: creation });
    log.append('b', { ...erased({ note: [1] }), origin: deletion });
    expect(log.row()).toBe(before);
  });
});

describe('a typed value', () => {
  it('[F2] wins over what its author saw, whatever the clocks say', () => {
    const log = createTestLog();
    log.append('a', typed({ note: ['tea'] }, { at: 9000 }));
    log.append('b', typed({ note: ['coffee', 1] }, { at: 1 }));
    expect(log.values()).toEqual({ note: 'coffee' });
    expect(log.journal).toEqual([]);
  });

  it('[F2] wins over the own pending change it was typed over', () => {
    const log = createTestLog();
    const first = log.append('a', typed({ note: ['tea'] }));
    log.append('b', typed({ date: ['2026-03-01'] }));
    log.append('a', typed({ note: ['coffee', 0, first] }, { at: 1 }));
    expect(log.values()).toEqual({ note: 'coffee', date: '2026-03-01' });
    expect(log.journal).toEqual([]);
  });

  it('[F2] of the same replica proves nothing: what its author did not see is a conflict', () => {
    const log = createTestLog();
    log.append('a', typed({ note: ['tea'] }));
    log.append('a', typed({ note: ['coffee'] }, { at: at + 1 }));
    expect(log.values()).toEqual({ note: 'coffee' });
    expect(log.lost()).toEqual(['tea']);
  });

  it('[F2] typed on an older value than the one in the row is a conflict', () => {
    const log = createTestLog();
    log.append('a', typed({ note: ['tea'] }));
    log.append('b', typed({ note: ['coffee', 1] }, { at: at + 2 }));
    log.append('c', typed({ note: ['water', 1] }, { at: at + 1 }));
    expect(log.values()).toEqual({ note: 'coffee' });
    expect(log.lost()).toEqual(['water']);
  });

  it('[F2] in another group meets nobody: both stay', () => {
    const log = createTestLog();
    log.append('a', typed({ note: ['tea'], date: ['2026-03-01'] }));
    log.append('b', typed({ note: ['coffee', 1] }));
    log.append('c', typed({ date: ['2026-03-02', 1] }));
    expect(log.values()).toEqual({ note: 'coffee', date: '2026-03-02' });
    expect(log.journal).toEqual([]);
  });

  it('[F3] an equal value is no conflict, and the stored group stays as it is', () => {
    const log = createTestLog();
    log.append('a', typed({ amount: [{ minor: 5, currency: 'EUR' }] }));
    const before = log.row()?.cells['amount'];
    log.append('b', typed({ amount: [{ currency: 'EUR', minor: 5 }] }, { at: at + 9 }));
    expect(log.row()?.cells['amount']).toBe(before);
    expect(log.row()?.seq).toBe(2);
    expect(log.journal).toEqual([]);
  });

  it('[F4] of two concurrent values the later wins and the other is journaled under its identity, in either order', () => {
    for (const [first, second] of [
      ['tea', 'coffee'],
      ['coffee', 'tea'],
    ] as const) {
      const log = createTestLog();
      const time = (value: string) => ({ at: value === 'coffee' ? at + 1 : at });
      const ids = {
        [first]: log.append('a', typed({ note: [first] }, time(first))),
        [second]: log.append('b', typed({ note: [second] }, time(second))),
      };
      expect(log.values()).toEqual({ note: 'coffee' });
      expect(log.journal).toMatchObject([
        { type: 'lost', group: 'note', value: 'tea', by: ids['tea'], to: ids['coffee'], seq: 2 },
      ]);
    }
  });

  it('[F4] at the same time the higher replica wins, in either order', () => {
    for (const letters of ['ab', 'ba']) {
      const log = createTestLog();
      for (const letter of letters) log.append(letter, typed({ note: [letter] }));
      expect(log.values()).toEqual({ note: 'b' });
      expect(log.lost()).toEqual(['a']);
    }
  });

  it('[F4] of three devices in a chain of losers every loser is journaled', () => {
    for (const letters of ['abc', 'acb', 'bac', 'bca', 'cab', 'cba']) {
      const log = createTestLog();
      for (const letter of letters) log.append(letter, typed({ note: [letter] }));
      expect(log.values()).toEqual({ note: 'c' });
      expect(log.lost()).toHaveLength(2);
      expect(new Set(log.lost())).toEqual(new Set(['a', 'b']));
    }
  });
});

describe('clocks', () => {
  it('[F6] a device in 2099 wins no more than the moment it was heard', () => {
    const log = createTestLog();
    log.append('a', typed({ note: ['future'] }, { at: 4_070_908_800_000 }), { receivedAt: 7000 });
    expect(log.row()?.cells['note']?.version.at).toBe(7000);
    log.append('b', typed({ note: ['later'] }, { at: 7001 }), { receivedAt: 8000 });
    expect(log.values()).toEqual({ note: 'later' });
    expect(log.lost()).toEqual(['future']);
  });

  it('[F6] a device in 1970 loses ties and is journaled, and still overwrites what it saw', () => {
    const log = createTestLog();
    log.append('a', typed({ note: ['tea'] }));
    log.append('b', typed({ note: ['past'] }, { at: 0 }));
    expect(log.values()).toEqual({ note: 'tea' });
    expect(log.lost()).toEqual(['past']);
    log.append('b', typed({ note: ['seen', 1] }, { at: 0 }));
    expect(log.values()).toEqual({ note: 'seen' });
  });

  it('[F6] a typed value is later than a made one even at time 0', () => {
    const log = createTestLog();
    log.append('a', typed({ note: ['tea'] }, { at: 0 }), { receivedAt: 0 });
    expect(log.row()?.cells['note']?.version.at).toBe(1);
  });
});

describe('what a program made', () => {
  it('[F7] stands where there is nothing, and a second one is skipped whole', () => {
    const log = createTestLog();
    const first = log.append('a', made({ note: ['tea'], date: ['2026-03-01'] }));
    log.append('b', made({ note: ['coffee'], category: [null] }));
    expect(log.values()).toEqual({ note: 'tea', date: '2026-03-01' });
    expect(log.row()?.cells['note']?.version).toEqual({ seq: 1, at: 0, by: first, generated: true });
    expect(log.journal).toEqual([]);
  });

  it('[F7] is skipped over a typed value and over a tombstone', () => {
    const log = createTestLog();
    log.append('a', typed({ note: ['tea'] }));
    log.append('b', made({ note: ['made'], date: ['2026-03-01'] }));
    expect(log.values()).toEqual({ note: 'tea' });
    log.append('a', erased({ note: [1] }));
    log.append('b', made({ note: ['made'] }));
    expect(log.row()?.deleted?.value).toBe(true);
    expect(log.journal).toEqual([]);
  });

  it('[F7] yields to a typed value that did not see it, and is never journaled', () => {
    const log = createTestLog();
    log.append('a', made({ note: ['made'], date: ['2026-03-01'] }));
    log.append('b', typed({ note: ['tea'] }, { at: 0 }));
    expect(log.values()).toEqual({ note: 'tea', date: '2026-03-01' });
    expect(log.journal).toEqual([]);
  });

  it('[F7] never counts as an edit: a delete that did not see it wins', () => {
    const log = createTestLog();
    log.append('a', made({ note: ['made'] }));
    log.append('b', erased());
    expect(log.row()?.deleted?.value).toBe(true);
    expect(log.journal).toEqual([]);
  });

  it('[F7] an edited budget outlives a delete that saw only what was made', () => {
    const log = createTestLog();
    log.append('a', made({ note: ['made'] }));
    log.append('b', typed({ note: ['typed', 1] }));
    log.append('c', erased({ note: [1] }));
    expect(log.values()).toEqual({ note: 'typed' });
    expect(log.journal).toMatchObject([{ type: 'editMetDelete' }]);
  });
});

describe('values', () => {
  it("[F8] an amount is never mixed with another's currency", () => {
    const log = createTestLog();
    const [eur, usd] = [
      { minor: 1240, currency: 'EUR' },
      { minor: 999, currency: 'USD' },
    ];
    log.append('a', typed({ amount: [eur] }));
    log.append('b', typed({ amount: [usd] }, { at: at + 1 }));
    expect(log.values()).toEqual({ amount: usd });
    expect(log.lost()).toEqual([eur]);
  });

  it('[F9] of unknown kinds and groups are folded as any other, byte for byte', () => {
    const log = createTestLog();
    const value: Json = { z: 1, a: ['ü', null, 1e21, '\ud800'], 9: [] };
    log.append('a', { ...typed({ laterField: [value], note: ['n'] }), kind: 'hologram' });
    log.append('b', { ...typed({ laterField: ['other', 1] }), kind: 'hologram' });
    log.append('c', { ...typed({ laterField: [value] }, { at: at + 1 }), kind: 'hologram' });
    const row = log.rows.get(`hologram/${testId(1)}`);
    expect(JSON.stringify(row?.cells['laterField']?.value)).toBe(JSON.stringify(value));
    expect(log.lost()).toEqual(['other']);
  });
});

describe('flagged changes', () => {
  it('[S3] are journaled whole and change no row, and the others of the entry are folded', () => {
    const log = createTestLog();
    const bad = typed({ date: ['the day before'] });
    const reason = { type: 'value', group: 'date', why: 'no such date' } as const;
    const by = log.append('a', [typed({ note: ['tea'] }), bad], { rejected: [[2, reason]] });
    expect(log.values()).toEqual({ note: 'tea' });
    expect(log.journal).toEqual([
      { type: 'rejected', key: `expense/${testId(1)}`, by, change: bad, reason, seq: 1, at: 1_000_001 },
    ]);
  });

  it('[S3] JSON that is no change is journaled even if no server flagged it', () => {
    const entry = { ...createAuthor(testReplica('a')).entry(1, []), changes: ['text', { kind: 5 }] };
    const opened = openEntry(entry);
    expect(opened.changes.map((each) => each.type)).toEqual(['rejected', 'rejected']);
    expect(keysOf(opened.changes)).toEqual([]);
    const log = createTestLog();
    log.take(entry);
    expect(log.rows.size).toBe(0);
    expect(log.journal).toMatchObject([{ key: null, change: 'text', reason: { type: 'shape' } }, { key: null }]);
  });
});

describe('entries', () => {
  it("[P4] an entry whose content was altered does not end in the entry's hash", () => {
    const entry = createAuthor(testReplica('a')).entry(1, [typed({ note: ['tea'] })]);
    expect(openEntry(entry).hash).toBe(entry.hash);
    expect(openEntry({ ...entry, changes: [typed({ note: ['coffee'] })] }).hash).not.toBe(entry.hash);
  });

  it('[F10] a server writes under its own identity', () => {
    const log = createTestLog();
    const place = { epoch: 1, receivedAt: 9 } as const;
    log.take({ type: 'server', seq: 1, ...place, id: testId(99), changes: [typed({ note: ['tea'] })] });
    expect(log.row()?.cells['note']?.version.by).toBe(testId(99));
  });

  it('[F2] a base of an older epoch above what the restore kept counts as 0', () => {
    const epochs = [{ epoch: 2, restoredHead: 5 }];
    expect(baseInLog(5, 1, epochs)).toBe(5);
    expect(baseInLog(6, 1, epochs)).toBe(0);
    expect(baseInLog(6, 2, epochs)).toBe(6);
  });

  it('[F2] an edit that saw a value the restore lost is concurrent with what stands in its place', () => {
    const context = { seq: 9, receivedAt: 9000, epochs: [{ epoch: 2, restoredHead: 5 }] };
    const row = foldChange(undefined, typed({ note: ['new'] }), 'a', { ...context, seq: 7, epochs: [] }).row;
    const folded = foldChange(row, typed({ note: ['old', 7] }, { at: 1 }), 'b', context);
    expect(folded.row?.cells['note']?.value).toBe('new');
    expect(folded.journal).toMatchObject([{ type: 'lost', value: 'old' }]);
  });
});
