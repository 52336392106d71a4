import { dateToDayNumber } from '@fintrack/sync-core/protocol/calendar-date';
import { describe, expect, it } from 'vitest';
import { postingsOn } from '../testing/posting-builder.ts';
import { priceRises } from './price-rise.ts';
import { recurringIn } from './recurring.ts';

const dates = ['2025-01-04', '2025-02-04', '2025-03-04', '2025-04-04', '2025-05-04', '2025-06-04'];
const streamsOf = (amounts: readonly number[], asOf: string) =>
  recurringIn(postingsOn(dates, amounts), dateToDayNumber(asOf));

describe('priceRises', () => {
  it('tells the last rise, its share and what it comes to in a year', () => {
    const streams = streamsOf([1000, 1000, 1000, 1000, 1250], '2025-06-05');
    expect(priceRises(streams)).toEqual([
      {
        streamKey: streams[0]?.key,
        id: 'Shop/2025-05-04/4',
        day: dateToDayNumber('2025-05-04'),
        fromMinor: 1000,
        toMinor: 1250,
        riseMinor: 250,
        risePerMille: 250,
        yearMinor: 3000,
      },
    ]);
  });

  it('tells no fall, no rise that a fall followed, and none of a stopped stream', () => {
    expect(priceRises(streamsOf([1250, 1250, 1250, 1250, 1000], '2025-06-05'))).toEqual([]);
    expect(priceRises(streamsOf([1000, 1000, 1250, 1250, 1100, 1100], '2025-06-05'))).toEqual([]);
    expect(priceRises(streamsOf([1000, 1000, 1000, 1000, 1250], '2025-09-05'))).toEqual([]);
  });
});
