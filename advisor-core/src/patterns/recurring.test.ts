import { dateToDayNumber, dayNumberToDate } from '@fintrack/sync-core/protocol/calendar-date';
import { describe, expect, it } from 'vitest';
import type { Posting } from '../posting.ts';
import { postingsOn } from '../testing/posting-builder.ts';
import { type RecurringStream, recurringIn } from './recurring.ts';

const day = dateToDayNumber;
const onlyStream = (postings: readonly Posting[], asOf: string): RecurringStream => {
  const streams = recurringIn(postings, day(asOf));
  expect(streams).toHaveLength(1);
  return streams[0] as RecurringStream;
};
const everyDays = (from: string, stepDays: number, count: number): readonly string[] =>
  Array.from({ length: count }, (_, at) => dayNumberToDate(day(from) + at * stepDays));
const inMonths = (days: readonly string[]): readonly string[] =>
  days.map((dayOfMonth, at) => `2025-${String(at + 1).padStart(2, '0')}-${dayOfMonth}`);

describe('recurringIn', () => {
  it.each([
    ['weekly', everyDays('2025-01-06', 7, 8)],
    ['two-weekly', everyDays('2025-01-10', 14, 6)],
    ['four-weekly', everyDays('2025-01-10', 28, 8)],
    ['monthly', inMonths(['05', '05', '05'])],
    ['two-monthly', ['2025-01-07', '2025-03-07', '2025-05-07', '2025-07-07']],
    ['quarterly', ['2025-01-15', '2025-04-15', '2025-07-15', '2025-10-15']],
    ['half-yearly', ['2024-01-15', '2024-07-15', '2025-01-15', '2025-07-15']],
    ['yearly', ['2023-03-01', '2024-03-01', '2025-03-01']],
  ])('finds a %s payment', (cadence, dates) => {
    const stream = onlyStream(postingsOn(dates, 999), dates.at(-1) ?? '');
    expect(stream).toMatchObject({ cadence, amountKind: 'fixed', amountMinor: 999, state: 'active' });
    expect(stream.evidence).toHaveLength(dates.length);
  });

  it('tells a yearly payment after two, as possible only', () => {
    expect(onlyStream(postingsOn(['2024-03-02', '2025-03-01'], 8900), '2025-04-01')).toMatchObject({
      cadence: 'yearly',
      confidence: 'possible',
      next: { day: day('2026-03-01') },
    });
    expect(recurringIn(postingsOn(['2025-01-05', '2025-02-05'], 8900), day('2025-02-06'))).toEqual([]);
  });

  it('finds a yearly payment whose price rises each time', () => {
    const stream = onlyStream(postingsOn(['2023-03-01', '2024-03-01', '2025-02-28'], [8900, 9400, 9900]), '2025-03-02');
    expect(stream).toMatchObject({ cadence: 'yearly', amountKind: 'variable', amountRange: [8900, 9900] });
  });

  it('keeps to the last day of the month', () => {
    const dates = inMonths(['31', '28', '31', '30', '31', '30']);
    expect(onlyStream(postingsOn(dates, 1500), '2025-07-01').next?.day).toBe(day('2025-07-31'));
  });

  it('keeps to the 30th after a February', () => {
    const dates = ['2024-11-30', '2024-12-30', '2025-01-30', '2025-02-28', '2025-03-30', '2025-04-30', '2025-05-30'];
    expect(onlyStream(postingsOn(dates, 1500), '2025-06-01').next?.day).toBe(day('2025-06-30'));
  });

  it('follows a payment that weekends move', () => {
    const dates = inMonths(['01', '03', '03', '01', '01', '02', '01', '01', '01', '01', '03']);
    const stream = onlyStream(postingsOn(dates, 90_000), '2025-11-10');
    expect(stream.evidence).toHaveLength(11);
    expect(stream.next?.day).toBe(day('2025-12-01'));
  });

  it('goes on over one missed month', () => {
    const dates = ['2025-01-05', '2025-02-05', '2025-03-05', '2025-05-05', '2025-06-05'];
    expect(onlyStream(postingsOn(dates, 1500), '2025-06-06').evidence).toHaveLength(5);
  });

  it('tells a new price at its first posting, and not as a new stream', () => {
    const dates = inMonths(['04', '04', '04', '04', '04', '04']);
    const postings = postingsOn(dates, [1176, 1176, 1176, 1176, 1176, 1390]);
    const before = onlyStream(postings.slice(0, 5), '2025-05-05');
    const after = onlyStream(postings, '2025-06-04');
    expect(after.key).toBe(before.key);
    expect(after.priceChanges).toEqual([
      { id: postings[5]?.id, day: day('2025-06-04'), fromMinor: 1176, toMinor: 1390 },
    ]);
    expect(after).toMatchObject({ amountMinor: 1390, amountRange: [1390, 1390] });
  });

  it('takes one odd amount between two equal ones for no change of price', () => {
    const dates = inMonths(['10', '10', '10', '10', '10', '10']);
    const stream = onlyStream(postingsOn(dates, [8946, 8952, 11_118, 8946, 8940, 8946]), '2025-06-11');
    expect(stream).toMatchObject({ amountKind: 'fixed', amountMinor: 8946, priceChanges: [] });
  });

  it('gives a variable bill its median and a range', () => {
    const dates = inMonths(['08', '07', '08', '09', '09', '08', '10', '09']);
    const amounts = [4500, 6500, 5200, 3000, 3100, 3300, 2900, 4000];
    const stream = onlyStream(postingsOn(dates, amounts), '2025-08-10');
    expect(stream).toMatchObject({ amountKind: 'variable', amountMinor: 3650, priceChanges: [] });
    expect(stream.amountRange).toEqual([2900, 6500]);
  });

  it('finds a subscription among what is bought at the same shop, over its change of price', () => {
    const subscription = postingsOn(
      inMonths(['01', '01', '01', '01', '01', '01', '01', '01']),
      [1111, 1111, 1313, 1313, 1313, 1313, 1313, 1313],
    );
    const bought = postingsOn(
      everyDays('2025-01-03', 11, 20),
      [
        2999, 450, 12_300, 780, 5120, 3333, 990, 6400, 1875, 2210, 15_000, 640, 8450, 3075, 1160, 2045, 499, 7150, 950,
        2625,
      ],
    );
    const stream = onlyStream([...bought, ...subscription], '2025-08-10');
    expect(stream.evidence).toEqual(subscription.map((posting) => posting.id));
    expect(stream.priceChanges).toHaveLength(1);
  });

  it('tells two payments of one amount on different days apart', () => {
    const fifth = postingsOn(inMonths(['05', '05', '05', '05', '05', '05']), 100_000, { title: 'Deposit' });
    const tenth = postingsOn(inMonths(['10', '10', '10', '10', '10', '10']), 100_000, { title: 'Deposit' });
    const streams = recurringIn([...tenth, ...fifth], day('2025-06-20'));
    expect(streams.map((stream) => stream.evidence)).toEqual([fifth, tenth].map((each) => each.map(({ id }) => id)));
  });

  it('tells two contracts of one merchant apart by their numbers', () => {
    const dates = inMonths(['13', '13', '13', '13']);
    const postings = [
      ...postingsOn(dates, 5000, { title: 'Transfer 10023456' }),
      ...postingsOn(dates, 5000, { title: 'Transfer 10098765' }),
    ];
    expect(recurringIn(postings, day('2025-04-14'))).toHaveLength(2);
  });

  it('follows a payment whose title ends in another reference each time', () => {
    const postings = inMonths(['13', '13', '13', '13']).flatMap((date, at) =>
      postingsOn([date], 5000, { title: `Utility 8${at}7361${at}` }),
    );
    expect(onlyStream(postings, '2025-04-14').evidence).toHaveLength(4);
  });

  it('joins a stream that comes back after a pause with the same amount on the same day', () => {
    const dates = ['2024-01-05', '2024-02-05', '2024-03-05', '2024-04-05', '2024-11-05', '2024-12-05', '2025-01-05'];
    expect(onlyStream(postingsOn(dates, 1200), '2025-01-06').evidence).toHaveLength(7);
  });

  it('takes habits for no stream', () => {
    const gaps = [3, 5, 2, 9, 4, 6, 3, 8, 2, 5, 7, 3, 4, 10, 2, 6, 5, 3, 9, 4];
    const coffee = gaps.map((_, at) =>
      dayNumberToDate(day('2025-01-02') + gaps.slice(0, at).reduce((a, b) => a + b, 0)),
    );
    expect(recurringIn(postingsOn(coffee, 350), day('2025-04-20'))).toEqual([]);
    expect(recurringIn(postingsOn(coffee, [4100, 5230, 3890, 6120, 4475]), day('2025-04-20'))).toEqual([]);
  });

  it('is late after the interval, and stopped after its period and grace', () => {
    const postings = postingsOn(inMonths(['05', '05', '05', '05', '05', '05']), 999);
    expect(onlyStream(postings, '2025-07-05').state).toBe('active');
    expect(onlyStream(postings, '2025-07-09')).toMatchObject({ state: 'late', next: { day: day('2025-07-05') } });
    expect(onlyStream(postings, '2025-07-16')).toMatchObject({ state: 'stopped', next: null });
  });

  it('leaves out refunds, zero amounts and what is yet to come', () => {
    const dates = inMonths(['05', '05', '05', '05', '05', '05']);
    const postings = postingsOn(dates, [999, -999, 0, 999, 999, 999]);
    expect(recurringIn(postings, day('2025-04-30'))).toEqual([]);
  });

  it('finds a subscription of a busy merchant, and reads no more of it than its newest 4,000 postings', () => {
    const subscription = postingsOn(inMonths(['01', '01', '01', '01', '01', '01']), 1313);
    const bought = Array.from({ length: 5000 }, (_, at) => ({
      ...(subscription[0] as Posting),
      id: `bought ${String(at).padStart(4, '0')}`,
      day: day('2025-06-30') - ((at * 7919) % 2600),
      amountMinor: 2000 + ((at * 104_729) % 90_000),
    }));
    expect(onlyStream([...bought, ...subscription], '2025-06-30').evidence).toHaveLength(6);
    const newest = [...bought, ...subscription].sort((a, b) => b.day - a.day).slice(0, 4000);
    expect(recurringIn([...bought, ...subscription], day('2025-06-30'))).toEqual(
      recurringIn(newest, day('2025-06-30')),
    );
  });

  it('keeps its key while postings come', () => {
    const postings = postingsOn(
      inMonths(['05', '06', '05', '05', '07', '05', '05', '04', '05']),
      [999, 999, 999, 1099],
    );
    const keys = [3, 4, 5, 6, 7, 8, 9].map((count) => recurringIn(postings.slice(0, count), day('2025-09-06'))[0]?.key);
    expect(new Set(keys).size).toBe(1);
  });
});
