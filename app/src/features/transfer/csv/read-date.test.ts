import { describe, expect, it } from 'vitest';
import { dateOfCell, type DateOrder, looksLikeDate, readDateCell } from './read-date.ts';

const date = (text: string, order: DateOrder = 'dmy'): string | undefined => {
  const cell = readDateCell(text);
  return cell && dateOfCell(cell, order);
};

describe('readDateCell', () => {
  it.each([
    ['2018-09-20', '2018-09-20'],
    ['2018/9/2', '2018-09-02'],
    ['20180920', '2018-09-20'],
    ['2018-09-20T12:04:08Z', '2018-09-20'],
    ['2018-09-20T23:59:59.123+02:00', '2018-09-20'],
    ['2018-09-20 12:04:08 UTC', '2018-09-20'],
    ['Sep 20, 2018', '2018-09-20'],
    ['September 20th, 2018', '2018-09-20'],
    ['20 Sep 2018', '2018-09-20'],
    ['20-Sep-18', '2018-09-20'],
    ['Thu, 20 Sep 2018 10:00', '2018-09-20'],
    ['Sep 20, 2018 1:05 PM', '2018-09-20'],
    ['15. März 2024', '2024-03-15'],
    ['1. Dez. 2023', '2023-12-01'],
    ['20 de septiembre de 2018', '2018-09-20'],
    ['3 févr. 2024', '2024-02-03'],
    ['14 juillet 2024', '2024-07-14'],
  ])('reads %s in its own order', (text, expected) => {
    expect(date(text, 'mdy')).toBe(expected);
  });

  it.each([
    ['01-02-2018', '2018-02-01', '2018-01-02'],
    ['1/2/2018 12:04:08', '2018-02-01', '2018-01-02'],
    ['01.02.18', '2018-02-01', '2018-01-02'],
    ['01.02.1999', '1999-02-01', '1999-01-02'],
    ['01.02.99', '1999-02-01', '1999-01-02'],
  ])('reads %s by the order given', (text, dayFirst, monthFirst) => {
    expect([date(text, 'dmy'), date(text, 'mdy')]).toEqual([dayFirst, monthFirst]);
  });

  it('has no date for a day that does not exist', () => {
    expect(readDateCell('2018-02-30')).toBeDefined();
    expect([date('2018-02-30'), date('31/04/2024'), date('13/13/2024', 'mdy')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it.each(['', 'someday', '12.40', '1,234.56', '-45,10', '2018', '20/09', '00123456789', 'Room 12 2018', '1.2.3.4'])(
    'takes %j for no date',
    (text) => {
      expect(looksLikeDate(text)).toBe(false);
    },
  );
});
