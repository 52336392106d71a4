import { describe, expect, it } from 'vitest';
import { testId } from '../testing/change-builder.ts';
import {
  type Change,
  chainHash,
  chainStart,
  changeSizeBytes,
  checkChange,
  identityOf,
  isChange,
  type RejectionReason,
} from './change.ts';
import { budgetId, dismissalId, forecastId } from './derived-ids.ts';
import type { Json } from './json.ts';
import { limits } from './limits.ts';
import { amountMinorMax } from './money.ts';

const id = testId(1);
const other = testId(2);
const make = (kind: string, set: Readonly<Record<string, Json>>, more: object = {}): Json => ({
  kind,
  id,
  at: 5,
  set: Object.fromEntries(Object.entries(set).map(([group, value]) => [group, [value]])),
  ...more,
});
const check = (change: Json): RejectionReason | undefined => checkChange(change, changeSizeBytes(change));

const eur = { minor: 1240, currency: 'EUR' };
const good: readonly (readonly [kind: string, values: Readonly<Record<string, Json>>])[] = [
  [
    'expense',
    { amount: eur, date: '2026-03-01', category: other, description: 'tea', note: '', tags: ['a'], import: null },
  ],
  ['income', { amount: eur, date: '2026-02-28', source: 'work', note: 'n', tags: [], import: other }],
  ['category', { name: 'Food', look: { hue: 9, icon: 'fork' }, order: 0, forward: null }],
  ['profile', { name: 'Ada', currency: 'JPY', locale: 'de-AT', monthStart: 28 }],
  [
    'template',
    {
      makes: 'expense',
      amount: eur,
      description: 'rent',
      category: null,
      every: { unit: 'month', count: 1 },
      start: '2026-01-31',
      until: null,
    },
  ],
  ['dismissal', { reason: '' }],
  ['import', { file: { name: 'bank.csv', sizeBytes: 10 }, rows: 3, at: 5 }],
  ['setting', { name: 'theme', value: { deep: [true] } }],
];
const total = { month: '2026-03', currency: 'EUR', category: null };
const forecast = (of: Readonly<Record<string, Json>>, of5 = forecastId('2026-03', 'EUR', null)): Json => ({
  kind: 'forecast',
  id: of5,
  at: 5,
  op: 'generate',
  set: { of: [of], made: ['2026-02-28'], amount: [eur], range: [{ low: -1, high: 2 }] },
});
const budget = (of: Readonly<Record<string, Json>>, of5 = budgetId(other, '2026-03', 'EUR')): Json => ({
  kind: 'budget',
  id: of5,
  at: 5,
  set: { of: [of], amount: [eur] },
});
const march = { category: other, month: '2026-03', currency: 'EUR' };

describe('isChange', () => {
  const base = { kind: 'expense', id, at: 5, set: { note: ['n'] } };
  it.each([
    ['a typed change', base],
    ['with a base', { ...base, set: { note: ['n', 3] } }],
    ['with a base and over', { ...base, set: { note: ['n', 3, 'a:1:b'] } }],
    ['a restore', { ...base, set: { note: ['n'], deleted: [false, 4] } }],
    ['a generated one', { ...base, op: 'generate' }],
    ['a delete', { kind: 'expense', id, at: 5, op: 'delete', see: { note: [3], deleted: [0, 'a:1:b'] } }],
    ['with an epoch and an origin', { ...base, epoch: 2, origin: 'a:1:b' }],
    ['of an unknown kind and group', { ...base, kind: 'hologram', set: { laterField: [{ any: [null] }] } }],
    ['with a member nobody knows', { ...base, later: { any: 1 } }],
  ])('[P3] %s is a change', (_, value) => expect(isChange(value)).toBe(true));

  it.each([
    ['null', null],
    ['a list', [base]],
    ['no kind', { ...base, kind: '' }],
    ['a kind with a slash', { ...base, kind: 'a/b' }],
    ['an id that is none', { ...base, id: 'x' }],
    ['an id in capitals', { ...base, id: 'ABCDEF00-0000-4000-8000-000000000001' }],
    ['a time before 1970', { ...base, at: -1 }],
    ['a time that is no whole number', { ...base, at: 1.5 }],
    ['a negative base', { ...base, set: { note: ['n', -1] } }],
    ['an empty write', { ...base, set: { note: [] } }],
    ['a write of four', { ...base, set: { note: ['n', 1, 'a', 2] } }],
    ['a write that is no list', { ...base, set: { note: 'n' } }],
    ['an over that is no text', { ...base, set: { note: ['n', 1, 2] } }],
    ['no set', { kind: 'expense', id, at: 5 }],
    ['another op', { ...base, op: 'merge' }],
    ['a delete without see', { kind: 'expense', id, at: 5, op: 'delete' }],
    ['a delete with a set', { kind: 'expense', id, at: 5, op: 'delete', see: {}, set: { note: 5 } }],
    ['a see without base', { kind: 'expense', id, at: 5, op: 'delete', see: { note: [] } }],
    ['an epoch that is no number', { ...base, epoch: '2' }],
    ['an origin longer than an identity', { ...base, origin: 'a'.repeat(limits.identityLengthMax + 1) }],
  ])('[P3] %s is no change', (_, value) => expect(isChange(value)).toBe(false));

  it.each(['constructor', 'toString', 'hasOwnProperty', '__proto__', 'a b', '', '9'])(
    '[P3] a group named %j is none, in set or see: it would meet what every JavaScript object has',
    (group) => {
      expect(isChange(JSON.parse(`{"kind":"expense","id":"${id}","at":5,"set":{"${group}":["x"]}}`))).toBe(false);
      expect(isChange(JSON.parse(`{"kind":"expense","id":"${id}","at":5,"op":"delete","see":{"${group}":[1]}}`))).toBe(
        false,
      );
    },
  );
});

describe('checkChange', () => {
  it.each(good)('[S3] a whole %s is right', (kind, values) => expect(check(make(kind, values))).toBeUndefined());
  it('[S3] a budget under its derived id is right', () => expect(check(budget(march))).toBeUndefined());
  it('[S3] a forecast of all or of one category under its derived id is right', () => {
    expect(check(forecast(total))).toBeUndefined();
    expect(check(forecast({ ...total, category: other }, forecastId('2026-03', 'EUR', other)))).toBeUndefined();
  });

  it.each<readonly [string, string, Json]>([
    ['expense', 'amount', { minor: 1.5, currency: 'EUR' }],
    ['expense', 'amount', { minor: amountMinorMax + 1, currency: 'EUR' }],
    ['expense', 'amount', { minor: 1, currency: 'XXX' }],
    ['expense', 'amount', 12.4],
    ['expense', 'date', '2026-02-30'],
    ['expense', 'date', '2026-03-01T00:00:00Z'],
    ['expense', 'category', 'food'],
    ['expense', 'description', 'x'.repeat(limits.textLengthMax + 1)],
    ['expense', 'tags', Array.from({ length: limits.tagsMax + 1 }, () => 'a')],
    ['income', 'source', null],
    ['category', 'name', ''],
    ['category', 'look', { hue: 10, icon: 'x' }],
    ['profile', 'monthStart', 29],
    ['profile', 'currency', 'eur'],
    ['template', 'makes', 'budget'],
    ['template', 'every', { unit: 'month', count: 0 }],
    ['dismissal', 'insight', 5],
    ['forecast', 'of', { month: '2026-13', currency: 'EUR', category: null }],
    ['forecast', 'of', { month: '2026-03', currency: 'EUR' }],
    ['forecast', 'range', { low: 1, high: 2.5 }],
    ['forecast', 'range', { low: 1 }],
    ['import', 'rows', -1],
    ['setting', 'name', ''],
  ])('[S3] [F8] %s.%s refuses a value that it cannot hold', (kind, group, value) =>
    expect(check(make(kind, { [group]: value }))).toMatchObject({ type: 'value', group }),
  );

  it('[S3] [F9] kinds and groups nobody knows pass', () => {
    expect(check(make('hologram', { depth: 'any' }))).toBeUndefined();
    expect(check(make('expense', { laterField: { any: [1] } }))).toBeUndefined();
  });

  it('[F7] a budget under any other id is flagged', () => {
    expect(check(budget(march, other))).toEqual({ type: 'derivedId' });
    expect(check(budget({ ...march, month: '2026-04' }))).toEqual({ type: 'derivedId' });
  });

  it('[F7] the dismissal of an insight has the id of it, and is flagged under any other', () => {
    const dismissal = (of: string): Json => ({
      kind: 'dismissal',
      id: of,
      at: 5,
      set: { insight: ['pace'], reason: ['known'] },
    });
    expect(check(dismissal(dismissalId('pace')))).toBeUndefined();
    expect(check(dismissal(dismissalId('trend')))).toEqual({ type: 'derivedId' });
    expect(check(dismissal(other))).toEqual({ type: 'derivedId' });
  });

  it('[F7] a forecast under any other id is flagged', () => {
    expect(check(forecast(total, other))).toEqual({ type: 'derivedId' });
    expect(check(forecast({ ...total, category: other }))).toEqual({ type: 'derivedId' });
    expect(check(forecast({ ...total, currency: 'USD' }))).toEqual({ type: 'derivedId' });
  });

  it('[F5] only a delete deletes, and a restore carries at least one value', () => {
    expect(check(make('expense', { note: 'n', deleted: true }))).toMatchObject({ type: 'value', group: 'deleted' });
    expect(check(make('expense', { note: 'n', deleted: false }))).toBeUndefined();
    expect(check(make('expense', { deleted: false }))).toEqual({ type: 'shape' });
    expect(check(make('expense', {}))).toEqual({ type: 'shape' });
  });

  it('[S3] every JSON text is judged and none throws', () => {
    for (const value of [null, true, 0, '', [], {}, [[]], { kind: 'expense' }, { set: 5, see: 'x', op: 'delete' }]) {
      expect(check(value)).toEqual({ type: 'shape' });
    }
  });

  it('[P7] more groups than a record may have are flagged', () => {
    const groups = (count: number): Record<string, Json> =>
      Object.fromEntries(Array.from({ length: count }, (_, i) => [`g${i}`, 1]));
    expect(check(make('hologram', groups(limits.groupsMax)))).toBeUndefined();
    expect(check(make('hologram', groups(limits.groupsMax + 1)))).toEqual({ type: 'shape' });
  });

  it('[P7] a value nested deeper than the limit is flagged', () => {
    const nested = (levels: number): Json => JSON.parse('['.repeat(levels) + ']'.repeat(levels)) as Json;
    expect(check(make('hologram', { depth: nested(limits.nestingMax - 3) }))).toBeUndefined();
    expect(check(make('hologram', { depth: nested(limits.nestingMax - 2) }))).toEqual({ type: 'shape' });
  });
});

describe('the size of a change', () => {
  const full = (character: string): Json => {
    const text = (length: number) => character.repeat(Math.floor(length / character.length));
    const over = `${'f'.repeat(16)}:${Number.MAX_SAFE_INTEGER}:${'f'.repeat(16)}`;
    const write = (value: Json): Json => [value, Number.MAX_SAFE_INTEGER, over];
    return {
      kind: 'expense',
      id,
      at: Number.MAX_SAFE_INTEGER,
      epoch: Number.MAX_SAFE_INTEGER,
      origin: over,
      set: {
        amount: write({ minor: -amountMinorMax, currency: 'EUR' }),
        date: write('2026-03-01'),
        category: write(other),
        description: write(text(limits.textLengthMax)),
        note: write(text(limits.textLengthMax)),
        tags: write(Array.from({ length: limits.tagsMax }, () => text(limits.nameLengthMax))),
        import: write(other),
        deleted: write(false),
      },
    };
  };

  it.each(['a', 'ü', '字', '😀', '"', '\n'])('[P7] a record with every text at its limit in %j fits', (character) => {
    const change = full(character);
    expect(changeSizeBytes(change)).toBeLessThan(limits.changeSizeBytesMax);
    expect(check(change)).toBeUndefined();
  });

  it('[P7] is counted in bytes of UTF-8', () => {
    expect(changeSizeBytes('a')).toBe(3);
    expect(changeSizeBytes('字')).toBe(5);
    expect(changeSizeBytes('😀')).toBe(6);
    const wide = make('hologram', { text: '字'.repeat(limits.changeSizeBytesMax / 3) });
    expect(check(wide)).toEqual({ type: 'tooLarge', sizeBytesMax: limits.changeSizeBytesMax });
  });

  it('[P7] leaves the origin out, so that a change at the limit may be stamped again', () => {
    const full = 'x'.repeat(limits.valueSizeBytesMax - 2);
    const texts = { one: full, two: full };
    const room = limits.changeSizeBytesMax - changeSizeBytes(make('hologram', { ...texts, text: '' }));
    const change = make('hologram', { ...texts, text: 'x'.repeat(room) });
    expect(check(change)).toBeUndefined();
    expect(check({ ...(change as object), origin: `${'a'.repeat(16)}:1:${'b'.repeat(16)}` })).toBeUndefined();
    expect(check(make('hologram', { ...texts, text: 'x'.repeat(room + 1) }))).toMatchObject({ type: 'tooLarge' });
  });
});

describe('the chain', () => {
  const change: Change = { kind: 'expense', id, at: 5, set: { note: ['n'] } };

  it('[P3] starts at zeros and depends on every change before', () => {
    expect(chainStart).toBe('0'.repeat(32));
    const one = chainHash(chainStart, change);
    const two = chainHash(one, change);
    expect(one).toMatch(/^[0-9a-f]{32}$/);
    expect(two).not.toBe(one);
    expect(chainHash(chainStart, { ...change, at: 6 })).not.toBe(one);
  });

  it('[P3] is the same for the same change, whatever the order of its keys', () => {
    const shuffled = { set: { note: ['n'] }, at: 5, id, kind: 'expense' } as const;
    expect(chainHash(chainStart, shuffled)).toBe(chainHash(chainStart, change));
  });

  it('[P3] is pinned: a hash of this program and of any other are the same', () => {
    expect(chainHash(chainStart, change)).toBe('d6078845879b1e638b58c458e6b70cc6');
  });

  it('[P4] an identity names replica, number and the first 8 bytes of the hash there', () => {
    const hash = chainHash(chainStart, change);
    expect(identityOf('00000000000000aa', 7, hash)).toBe(`00000000000000aa:7:${hash.slice(0, 16)}`);
  });
});
