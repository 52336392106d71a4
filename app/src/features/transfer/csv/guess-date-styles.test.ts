import { describe, expect, it } from 'vitest';
import { guessDateStyles, withDateOrder } from './guess-date-styles.ts';

const orders = (cells: readonly string[], locale: 'dmy' | 'mdy' = 'mdy'): unknown[] =>
  guessDateStyles(cells, locale).map(({ style, order, reason }) => [style, order, reason]);

describe('guessDateStyles', () => {
  it('reads a first part above 12 as a day, a second part above 12 too', () => {
    expect(orders(['01-02-2018', '20-02-2018'])).toEqual([['-YYYY', 'dmy', 'values']]);
    expect(orders(['01-02-2018', '01-20-2018'], 'dmy')).toEqual([['-YYYY', 'mdy', 'values']]);
  });

  it('decides for each way of writing alone', () => {
    expect(orders(['01-20-2018', '20/09/2018 12:04:08', '20.09.18', '2018-09-20', 'Sep 20, 2018'])).toEqual([
      ['-YYYY', 'mdy', 'values'],
      ['/YYYY time', 'dmy', 'values'],
      ['.YY', 'dmy', 'values'],
    ]);
  });

  it('outvotes a day that cannot be', () => {
    const [style] = guessDateStyles(['13/01/2018', '14/01/2018', '15/01/2018', '01/16/2018'], 'mdy');
    expect(style).toMatchObject({ order: 'dmy', invalid: 1, count: 4 });
  });

  it('reads open dates so that rows run in time', () => {
    expect(orders(['01/02/2024', '03/02/2024', '07/02/2024', '01/03/2024'])).toEqual([['/YYYY', 'dmy', 'rowOrder']]);
    expect(orders(['12/04/2024', '12/03/2024', '12/01/2024', '11/09/2024'], 'dmy')).toEqual([
      ['/YYYY', 'mdy', 'rowOrder'],
    ]);
  });

  it('follows the file’s other dates, and the locale last', () => {
    expect(orders(['01-02-2018', '20/09/2018'])).toEqual([
      ['-YYYY', 'dmy', 'otherStyles'],
      ['/YYYY', 'dmy', 'values'],
    ]);
    expect(orders(['01-02-2018'], 'mdy')).toEqual([['-YYYY', 'mdy', 'locale']]);
    expect(orders(['01-02-2018'], 'dmy')).toEqual([['-YYYY', 'dmy', 'locale']]);
  });

  it('reads a short year first where only that gives days', () => {
    expect(orders(['99-12-31', '98-01-15'])).toEqual([['-YY', 'ymd', 'values']]);
  });

  it('takes the order that a person chooses', () => {
    const styles = withDateOrder(guessDateStyles(['01-02-2018'], 'mdy'), '-YYYY', 'dmy');
    expect(styles).toMatchObject([{ order: 'dmy', reason: 'chosen' }]);
  });
});
