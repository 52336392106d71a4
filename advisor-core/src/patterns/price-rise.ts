import { subtractMinor } from '../minor-arithmetic.ts';
import type { RecurringStream } from './recurring.ts';
import { ruleOf } from './recurring-cadence.ts';

/** All amounts in minor units of the stream's currency. */
export type PriceRise = {
  readonly streamKey: string;
  /** The first posting at the new price. */
  readonly id: string;
  readonly day: number;
  readonly fromMinor: number;
  readonly toMinor: number;
  readonly riseMinor: number;
  /** Of the price before, in thousandths, rounded to the nearest. */
  readonly risePerMille: number;
  /** What the rise comes to in a year of 12 months or 52 weeks. */
  readonly yearMinor: number;
};

/**
 * Streams that go on and whose last price change was upwards, in the order of `streams`; a later fall takes the rise
 * back. A change is one of more than a hundredth and not undone by the posting after it (recurring-amounts).
 */
export const priceRises = (streams: readonly RecurringStream[]): readonly PriceRise[] =>
  streams.flatMap((stream) => {
    const change = stream.priceChanges.at(-1);
    if (change === undefined || stream.state === 'stopped' || change.toMinor <= change.fromMinor) return [];
    const riseMinor = subtractMinor(change.toMinor, change.fromMinor);
    return [
      {
        streamKey: stream.key,
        ...change,
        riseMinor,
        risePerMille: Math.round((riseMinor / change.fromMinor) * 1000),
        yearMinor: riseMinor * ruleOf(stream.cadence).perYear,
      },
    ];
  });
