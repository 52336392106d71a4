import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { baseInLog } from './base-in-log.ts';
import { foldChange, foldEntry, openEntry } from './fold.ts';
import type { JournalRecord } from './journal.ts';
import type { Basis, Change, Write } from './protocol/change.ts';
import { xorHex } from './protocol/hash.ts';
import { idOfKey, type Identity, type RecordKey, recordKey } from './protocol/ids.ts';
import { canonicalJson, type Json } from './protocol/json.ts';
import type { LogEntry } from './protocol/log-entry.ts';
import { emptyDigest, type Row, rowDigest } from './row.ts';
import { createAuthor, testId, testReplica } from './testing/change-builder.ts';

// Domains are small on purpose: two records, two groups, three values, three authors, so that acts meet.
const groups = ['note', 'category'] as const;
const act = fc.record({
  author: fc.constantFrom('a', 'b', 'c'),
  record: fc.constantFrom(1, 2),
  op: fc.constantFrom('set', 'set', 'set', 'restore', 'delete', 'generate', 'copy'),
  /** `own` becomes a text of its own, so that not every loss hides behind an equal value. */
  values: fc.record({ note: fc.constantFrom('x', 'y', 'own'), category: fc.constantFrom('x', 'own') }),
  written: fc.constantFrom<readonly string[]>(['note'], ['category'], ['note', 'category']),
  /** How many entries the author had not seen, by group; a big number is a base of 0. */
  behind: fc.record({ note: fc.constantFrom(0, 0, 1, 2, 99), category: fc.constantFrom(0, 1, 99) }),
  /** Names an earlier own change as the one on the screen. */
  isOver: fc.boolean(),
  at: fc.constantFrom(0, 50, 60, 4_070_908_800_000),
  joinsEntry: fc.boolean(),
});
type Drawn = typeof act extends fc.Arbitrary<infer T> ? T : never;
const acts = fc.array(act, { maxLength: 25 });

/** A log as devices would have written it: stamped by its authors, with sights as old as drawn. */
const logOf = (drawn: readonly Drawn[]): readonly LogEntry[] => {
  const authors = new Map(['a', 'b', 'c'].map((letter) => [letter, createAuthor(testReplica(letter))]));
  const lastOwn = new Map<string, Identity>();
  const copies: Change[] = [];
  const entries: LogEntry[] = [];
  for (let i = 0; i < drawn.length; ) {
    const first = drawn[i] as Drawn;
    const batch: Drawn[] = [first];
    while (drawn[++i]?.joinsEntry && drawn[i]?.author === first.author) batch.push(drawn[i] as Drawn);
    const author = authors.get(first.author) ?? createAuthor(first.author);
    const seq = entries.length + 1;
    const changes = batch.map((each) => changeOf(each, seq, lastOwn.get(`${each.author}${each.record}`), copies));
    const entry = author.entry(seq, changes, { receivedAt: 40 + 10 * seq });
    for (const opened of openEntry(entry).changes) {
      if (opened.type !== 'change') continue;
      lastOwn.set(`${first.author}${opened.change.id === testId(1) ? 1 : 2}`, opened.identity);
      copies.push({ ...opened.change, origin: opened.identity });
    }
    entries.push(entry);
  }
  return entries;
};

const changeOf = (drawn: Drawn, seq: number, own: Identity | undefined, copies: readonly Change[]): Change => {
  const copied = copies.at(-1);
  if (drawn.op === 'copy' && copied) return copied;
  const basisOf = (group: 'note' | 'category'): Basis => {
    const base = Math.max(0, seq - 1 - drawn.behind[group]);
    return drawn.isOver && own ? [base, own] : [base];
  };
  const common = { kind: 'expense', id: testId(drawn.record), at: drawn.at };
  if (drawn.op === 'delete') {
    return { ...common, op: 'delete', see: { note: basisOf('note'), category: basisOf('category') } };
  }
  const set: Record<string, Write> = {};
  for (const group of groups) {
    if (!drawn.written.includes(group)) continue;
    const [base, over] = basisOf(group);
    const value = drawn.values[group] === 'own' ? `own of ${seq}` : drawn.values[group];
    set[group] = over === undefined ? [value, base] : [value, base, over];
  }
  if (drawn.op === 'generate') return { ...common, op: 'generate', set };
  if (drawn.op === 'restore') set['deleted'] = [false, Math.max(0, seq - 1 - drawn.behind.note)];
  return { ...common, set };
};

type Ledger = {
  readonly rows: ReadonlyMap<RecordKey, Row>;
  readonly digest: string;
  readonly journal: readonly JournalRecord[];
};
const empty: Ledger = { rows: new Map(), digest: emptyDigest, journal: [] };

const foldOn = (before: Ledger, entries: readonly LogEntry[]): Ledger => {
  const rows = new Map(before.rows);
  const journal = [...before.journal];
  let { digest } = before;
  for (const entry of entries) {
    const folded = foldEntry(entry, openEntry(entry).changes, (key) => rows.get(key), []);
    for (const [key, row] of folded.rows) rows.set(key, row);
    journal.push(...folded.journal);
    digest = xorHex(digest, folded.digestChange);
  }
  return { rows, digest, journal };
};

const rowsText = (ledger: Ledger): string =>
  canonicalJson(JSON.parse(JSON.stringify(Object.fromEntries(ledger.rows))) as Json);

/** As a store keeps it: every value written as text and read back. */
const stored = ({ rows, digest, journal }: Ledger): Ledger => ({
  rows: new Map([...rows].map(([key, row]) => [key, JSON.parse(JSON.stringify(row)) as Row])),
  digest,
  journal,
});

describe('folding any log', () => {
  it('[I4] [F6] in one go or step by step, stored in between, gives the same rows, journal and digest', () => {
    fc.assert(
      fc.property(acts, fc.array(fc.nat(25), { maxLength: 3 }), (drawn, cuts) => {
        const log = logOf(drawn);
        const whole = foldOn(empty, log);
        let parts = empty;
        let from = 0;
        for (const cut of [...cuts.toSorted((a, b) => a - b), log.length]) {
          parts = stored(foldOn(parts, log.slice(from, cut)));
          from = Math.max(from, cut);
        }
        expect(rowsText(parts)).toBe(rowsText(whole));
        expect(parts.digest).toBe(whole.digest);
        expect(parts.journal).toEqual(whole.journal);
      }),
      { numRuns: 300 },
    );
  });

  it('[M1] record by record gives the same rows as entry by entry', () => {
    fc.assert(
      fc.property(acts, (drawn) => {
        const log = logOf(drawn);
        const rows = new Map<RecordKey, Row>();
        for (const number of [2, 1]) {
          for (const entry of log) {
            for (const each of openEntry(entry).changes) {
              if (each.type !== 'change' || each.change.id !== testId(number)) continue;
              const key = recordKey(each.change.kind, each.change.id);
              const context = { seq: entry.seq, receivedAt: entry.receivedAt, epochs: [] };
              const { row } = foldChange(rows.get(key), each.change, each.identity, context);
              if (row) rows.set(key, row);
            }
          }
        }
        expect(rowsText({ ...empty, rows })).toBe(rowsText(foldOn(empty, log)));
      }),
      { numRuns: 300 },
    );
  });

  it('[P8] the digest is the exclusive or of the rows, at every position', () => {
    fc.assert(
      fc.property(acts, (drawn) => {
        let ledger = empty;
        for (const entry of logOf(drawn)) {
          ledger = foldOn(ledger, [entry]);
          expect(ledger.digest).toBe([...ledger.rows.values()].map(rowDigest).reduce(xorHex, emptyDigest));
        }
      }),
      { numRuns: 200 },
    );
  });

  it('[P8] [I5] two logs have equal digests exactly if they give equal rows', () => {
    let equal = 0;
    const drop = fc.option(fc.nat(9));
    fc.assert(
      fc.property(fc.array(act, { maxLength: 6 }), drop, fc.array(act, { maxLength: 1 }), (drawn, without, more) => {
        const one = foldOn(empty, logOf(drawn));
        const two = foldOn(empty, logOf([...drawn.filter((_, i) => i !== without), ...more]));
        const areEqual = rowsText(one) === rowsText(two);
        equal += areEqual ? 1 : 0;
        expect(one.digest === two.digest).toBe(areEqual);
      }),
      { numRuns: 500 },
    );
    expect(equal).toBeGreaterThan(50);
    expect(equal).toBeLessThan(450);
  });

  it('[F1] [F3] [F4] [F5] every typed value is in its row, in the journal, or was seen by whoever replaced it', () => {
    fc.assert(
      fc.property(acts, (drawn) => {
        const log = logOf(drawn);
        expect(unaccounted(log, foldOn(empty, log))).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });

  it('[F5] a row that ends deleted was deleted by somebody who saw every typed value in it', () => {
    fc.assert(
      fc.property(acts, (drawn) => {
        const log = logOf(drawn);
        const changes = new Map(log.flatMap((entry) => openEntry(entry).changes).map((each) => [each.identity, each]));
        for (const row of foldOn(empty, log).rows.values()) {
          if (!row.deleted?.value) continue;
          const deletion = changes.get(row.deleted.version.by)?.change as Change;
          expect(deletion.op).toBe('delete');
          for (const [group, { version }] of Object.entries(row.cells)) {
            const [base, over] = deletion.see?.[group] ?? [0];
            expect(version.generated || version.seq <= base || version.by === over).toBe(true);
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  it('[F7] what a program made is never journaled', () => {
    fc.assert(
      fc.property(acts, (drawn) => {
        const log = logOf(drawn);
        const generated = new Set(
          log.flatMap((entry) =>
            openEntry(entry).changes.flatMap(({ change, identity }) =>
              (change as Change).op === 'generate' ? [identity] : [],
            ),
          ),
        );
        for (const each of foldOn(empty, log).journal) {
          expect(generated.has(each.type === 'editMetDelete' ? each.edit : each.by)).toBe(false);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('[F2] a base of an older epoch counts only up to what the restore kept', () => {
    fc.assert(
      fc.property(fc.nat(9), fc.integer({ min: 1, max: 3 }), fc.nat(9), (base, epoch, restoredHead) => {
        const counted = baseInLog(base, epoch, [{ epoch: 2, restoredHead }]);
        expect(counted).toBe(epoch < 2 && base > restoredHead ? 0 : base);
      }),
    );
  });
});

type Typed = { readonly seq: number; readonly key: string; readonly value: Json; readonly identity: Identity };

/**
 * Typed values that nobody can find again. Judged by value, without the fold: one equal to an accounted value of its
 * group is accounted for with it [F3].
 */
const unaccounted = (log: readonly LogEntry[], { rows, journal }: Ledger): readonly Typed[] => {
  const all = log.flatMap((entry) => openEntry(entry).changes.map((each) => ({ seq: entry.seq, ...each })));
  const values: Typed[] = [];
  const covers = new Map<string, Basis[]>();
  for (const { seq, change: json, identity } of all) {
    const change = json as Change;
    for (const [group, [value, base, over]] of Object.entries(change.set ?? {})) {
      if (group === 'deleted' || change.op === 'generate') continue;
      const key = `${change.id}/${group}`;
      values.push({ seq, key, value, identity });
      covers.set(key, [...(covers.get(key) ?? []), over === undefined ? [base ?? 0] : [base ?? 0, over]]);
    }
  }
  const held = new Set([...rows.values()].flatMap((row) => valuesOf(row)));
  for (const each of journal) {
    if (each.type === 'lost') held.add(nameOf(`${idOfKey(each.key)}/${each.group}`, each.value));
  }
  const isSeen = ({ seq, key, identity }: Typed) =>
    (covers.get(key) ?? []).some(([base, over]) => base >= seq || over === identity);
  for (const each of values) if (isSeen(each)) held.add(nameOf(each.key, each.value));
  return values.filter(({ key, value }) => !held.has(nameOf(key, value)));
};

const valuesOf = (row: Row): readonly string[] =>
  Object.entries(row.cells).map(([group, cell]) => nameOf(`${row.id}/${group}`, cell.value));

const nameOf = (key: string, value: Json): string => `${key}=${canonicalJson(value)}`;
