import { type CalendarDate, dateToDayNumber, dayNumberToDate } from '@fintrack/sync-core/protocol/calendar-date';
import { amountMinorMax, currencyCodes } from '@fintrack/sync-core/protocol/money';
import * as fc from 'fast-check';
import type { Entry } from '../ledger.ts';

const firstDay = dateToDayNumber('1900-01-01');
const lastDay = dateToDayNumber('2199-12-31');

/** The day that most entries are around. */
export const hostileDay = '2026-11-20';
const today = dateToDayNumber(hostileDay);

const dateOf = (day: number): CalendarDate => dayNumberToDate(Math.min(lastDay, Math.max(firstDay, day)));

export const anyAsOf: fc.Arbitrary<CalendarDate> = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: today - 40, max: today + 40 }).map(dateOf) },
  { weight: 1, arbitrary: fc.constantFrom('1900-01-01', '2000-02-29', '2026-11-30', '2199-12-31') },
);

const anyTitle = fc.oneof(
  fc.constantFrom('', ' ', 'a', 'é', '☕️🧾', '👩‍👩‍👧', 'إيجار الشقة', 'שכר דירה', '\u202eevil\u202c', '\ud83d', '家賃'),
  fc.constantFrom('Rent', 'Music Stream', 'POS VISA 99210 CAFE', 'Ref 10023456', '*#.*', '12345', 'constructor'),
  fc.string({ unit: 'binary', maxLength: 12 }),
);

const fiftyCurrencies = currencyCodes.slice(0, 50);
const anyCurrency = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('EUR', 'JPY', 'KWD') },
  { weight: 1, arbitrary: fc.constantFrom(...fiftyCurrencies) },
);
const anyCategory = fc.constantFrom(null, 'home', 'dining', '🍕', '__proto__', 'transfers');
const anyAmount = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(999, 1299, 95_000, 40) },
  { weight: 3, arbitrary: fc.integer({ min: -3000, max: 60_000 }) },
  { weight: 2, arbitrary: fc.constantFrom(0, -0, 1, -1) },
);
const anyHugeAmount = fc.constantFrom(amountMinorMax, -amountMinorMax, amountMinorMax - 1, 999);

/** Steps of bills, of habits and of ten years of silence. */
const anyStep = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(0, 1, 3, 7, 14, 28, 30, 31, 31, 61, 365) },
  { weight: 1, arbitrary: fc.constantFrom(3652, -3652) },
);

type Draft = Omit<Entry, 'id'>;

/** Entries of one place: a bill, a habit, or neither; the last one about today. */
const anyRun: fc.Arbitrary<readonly Draft[]> = fc
  .record({
    kind: fc.constantFrom<Entry['kind']>('expense', 'expense', 'expense', 'income'),
    title: anyTitle,
    currency: anyCurrency,
    categoryId: anyCategory,
    last: fc.integer({ min: today - 70, max: today + 40 }),
    step: fc.option(fc.constantFrom(7, 30, 31, 365), { nil: undefined }),
    rows: fc.array(fc.tuple(anyStep, fc.option(anyAmount, { nil: undefined })), { minLength: 1, maxLength: 16 }),
    usual: fc.oneof({ weight: 12, arbitrary: anyAmount }, { weight: 1, arbitrary: anyHugeAmount }),
  })
  .map(({ last, step, rows, usual, ...draft }) => {
    let day = last;
    return rows.map(([ownStep, amount]) => {
      const entry = { ...draft, date: dateOf(day), amountMinor: amount ?? usual };
      day -= step ?? ownStep;
      return entry;
    });
  });

const anyLoneEntry: fc.Arbitrary<Draft> = fc.record({
  kind: fc.constantFrom('expense', 'income'),
  title: anyTitle,
  currency: fc.constantFrom(...fiftyCurrencies),
  categoryId: anyCategory,
  date: fc.oneof(fc.constantFrom('1900-01-01', '2199-12-31'), fc.integer({ min: firstDay, max: lastDay }).map(dateOf)),
  amountMinor: fc.oneof(anyAmount, anyHugeAmount),
});

/** What may be done to all entries of a ledger: sums about the end of what is exact are among them. */
const anyWay = fc.constantFrom<{ readonly copies: number; readonly all: Partial<Draft> }>(
  { copies: 1, all: {} },
  { copies: 1, all: {} },
  { copies: 1, all: { categoryId: 'home', currency: 'EUR' } },
  { copies: 3, all: { amountMinor: amountMinorMax, currency: 'EUR' } },
);

/** Readable entries with ids of their own, as odd as they come. */
export const anyHostileEntries: fc.Arbitrary<readonly Entry[]> = fc
  .tuple(
    fc.array(anyRun, { maxLength: 12, size: 'max' }),
    fc.array(anyLoneEntry, { maxLength: 20, size: 'max' }),
    anyWay,
  )
  .map(([runs, lone, { copies, all }]) => {
    const drafts = Array.from({ length: copies }, () => [...runs.flat(), ...lone]).flat();
    return drafts.map((draft, at) => ({ id: `e${at}`, ...draft, ...all }));
  });

/** One field that no entry may have so. */
const anyFault: fc.Arbitrary<Readonly<Record<string, unknown>>> = fc.oneof(
  fc.record({ kind: fc.constantFrom('transfer', '', null, undefined, 3, {}) }),
  fc.record({
    date: fc.constantFrom('2026-02-30', '1899-12-31', '2200-01-01', '2026-1-1', '', null, undefined, 7, {}),
  }),
  fc.record({
    amountMinor: fc.constantFrom(Number.NaN, Infinity, 1.5, '12', null, undefined, 2 * amountMinorMax, 10n, {}),
  }),
  fc.record({ currency: fc.constantFrom('XYZ', 'eur', '', null, undefined, 978, []) }),
  fc.record({ title: fc.constantFrom(null, undefined, 5, {}) }),
  fc.record({ categoryId: fc.constantFrom(undefined, '', 5, {}, []) }),
);

/** Entries that cannot be read, with an id by which they can be named. */
export const anyFaultyEntries: fc.Arbitrary<readonly Entry[]> = fc
  .array(fc.tuple(anyLoneEntry, anyFault), { maxLength: 6 })
  .map((faulty) => faulty.map(([draft, fault], at) => ({ id: `faulty${at}`, ...draft, ...fault }) as Entry));

/** What is no entry at all, or has no id. */
export const anyNamelessEntries: fc.Arbitrary<readonly Entry[]> = fc
  .array(
    fc.oneof(
      fc.constantFrom<unknown>(null, undefined, 5, 'text', true, [], {}, Object.create(null)),
      fc
        .tuple(anyLoneEntry, fc.constantFrom<unknown>(undefined, null, 5, '', {}, Object.create(null)))
        .map(([draft, id]) => ({ ...draft, id })),
    ),
    { maxLength: 4 },
  )
  .map((nameless) => nameless as readonly Entry[]);
