import { describe, expect, it } from 'vitest';
import { guessMapping } from './guess-mapping.ts';
import { withDefaultCurrency } from './mapping-options.ts';
import { readTable } from './read-table.ts';
import { type ReadRows, rowsToEntries } from './rows-to-entries.ts';

const read = (...lines: string[]): ReadRows => {
  const table = readTable(lines.join('\n'), 'utf-8');
  if (!table.ok) throw new Error(table.error.type);
  const mapping = guessMapping(table.value, { localeDateOrder: 'mdy', homeCurrency: 'USD' });
  return rowsToEntries(table.value, withDefaultCurrency(mapping, 'USD'), 'USD');
};
const heading = 'Date,Payee,Amount,Currency,Category,Note';
/** The reason for one row between two good ones. */
const refusal = (row: string): unknown => {
  const { entries, refused } = read(heading, '2024-01-01,Good,-1.00,,,', row, '2024-01-31,Good,-2.00,,,');
  expect(entries).toHaveLength(2);
  expect(refused).toHaveLength(1);
  return refused[0]?.reason;
};

describe('refusals', () => {
  it.each([
    ['2024-01-02,a,12.3x,,,', { type: 'unreadableAmount', text: '12.3x' }],
    ['2024-01-02,a,NaN,,,', { type: 'unreadableAmount', text: 'NaN' }],
    ['2024-01-02,a,1e308,,,', { type: 'unreadableAmount', text: '1e308' }],
    ['2024-01-02,a,,,,', { type: 'noAmount' }],
    ['2024-01-02,a,--,,,', { type: 'noAmount' }],
    ['2024-01-02,a,-0.00,,,', { type: 'zeroAmount' }],
    ['2024-01-02,a,-1.234,USD,,', { type: 'ambiguousAmount', text: '-1.234' }],
    ['2024-01-02,a,-1.2345,USD,,', { type: 'tooManyDecimals', text: '-1.2345', currency: 'USD', digitsMax: 2 }],
    ['2024-01-02,a,-99999999999999.00,,,', { type: 'amountTooLarge', text: '-99999999999999.00' }],
    ['2024-02-30,a,-1.00,,,', { type: 'impossibleDate', text: '2024-02-30' }],
    ['someday,a,-1.00,,,', { type: 'unreadableDate', text: 'someday' }],
    [',a,-1.00,,,', { type: 'noDate' }],
    ['Total,,-3.00,,,', { type: 'unreadableDate', text: 'Total' }],
    [',Total,-3.00,,,', { type: 'summaryLine' }],
    ['2024-01-02,Opening balance,100.00,,,', { type: 'summaryLine' }],
    ['2024-01-02,a,-1.00,QQQ,,', { type: 'unknownCurrency', text: 'QQQ' }],
    ['2024-01-02,a', { type: 'wrongCellCount', found: 2, expected: 6 }],
    ['2024-01-02,a, b,-1.00,,,x', { type: 'wrongCellCount', found: 7, expected: 6 }],
    ['2024-01-02,"a, b,-1.00,,,', { type: 'brokenQuote' }],
    [heading, { type: 'repeatedHeading' }],
    [
      `2024-01-02,${'x'.repeat(2001)},-1.00,,,`,
      { type: 'tooLong', field: 'description', length: 2001, lengthMax: 2000 },
    ],
    [`2024-01-02,a,-1.00,,,${'x'.repeat(10_000)}`, { type: 'tooLong', field: 'note', length: 10_000, lengthMax: 2000 }],
    [`2024-01-02,a,-1.00,,${'x'.repeat(101)},`, { type: 'tooLong', field: 'category', length: 101, lengthMax: 100 }],
  ])('name the one reason for %j', (row, reason) => {
    expect(refusal(row)).toEqual(reason);
  });

  it('keep the line and the cells', () => {
    const { refused } = read('Date,Payee,Amount', '2024-01-01,a,-1.00', '', '2024-01-02,b,x');
    expect(refused).toEqual([
      { line: 4, reason: { type: 'unreadableAmount', text: 'x' }, cells: ['2024-01-02', 'b', 'x'] },
    ]);
  });

  it('tell both debit and credit from a zero in one of them', () => {
    const { entries, refused } = read(
      'Date,Payee,Debit,Credit',
      '2024-01-01,a,5.00,0.00',
      '2024-01-02,b,5.00,6.00',
      '2024-01-03,c,0,0',
    );
    expect(entries).toHaveLength(1);
    expect(refused.map(({ reason }) => reason)).toEqual([
      { type: 'bothDebitAndCredit', debit: '5.00', credit: '6.00' },
      { type: 'zeroAmount' },
    ]);
  });

  it('name a word that gives no direction, and bookings that never happened', () => {
    const rows = Array.from({ length: 8 }, (_, index) => `2024-01-0${index + 1},a,5.00,debit,done`);
    const { refused } = read(
      'Date,Payee,Amount,Type,Status',
      ...rows,
      '2024-01-09,b,5.00,perhaps,done',
      '2024-01-10,c,5.00,credit,declined',
    );
    expect(refused.map(({ reason }) => reason)).toEqual([
      { type: 'unknownDirection', text: 'perhaps' },
      { type: 'neverHappened', text: 'declined' },
    ]);
  });

  it('refuse all rows of a table whose amount column nobody chose', () => {
    const table = readTable('Date,Payee,Amount\n2024-01-01,a,-1.00', 'utf-8');
    if (!table.ok) throw new Error(table.error.type);
    const mapping = guessMapping(table.value, { localeDateOrder: 'mdy', homeCurrency: 'USD' });
    const columns = mapping.columns.map((column) => ({
      ...column,
      role: column.role === 'amount' ? ('ignore' as const) : column.role,
    }));
    expect(rowsToEntries(table.value, { ...mapping, columns }, 'USD').refused[0]?.reason).toEqual({
      type: 'noAmountColumn',
    });
  });
});

describe('entries', () => {
  const kinds = (...lines: string[]): unknown[] =>
    read(...lines).entries.map(({ kind, amountMinor, categoryName, transfer }) => [
      kind,
      amountMinor,
      categoryName,
      transfer ?? false,
    ]);

  it('carry what the row says, on one line', () => {
    const rows = [
      'Date,Payee,Memo,Amount,Currency,Category,Subcategory,Account',
      '2024-01-31,"The\nShop","two\tthings",-5.00,EUR,Food,Snacks,Cash',
    ];
    expect(read(...rows).entries).toEqual([
      {
        line: 2,
        kind: 'expense',
        date: '2024-01-31',
        amountMinor: 500,
        currency: 'EUR',
        description: 'The Shop',
        note: 'two things · Snacks',
        categoryName: 'Food',
        source: '',
        account: 'Cash',
      },
    ]);
  });

  it('name the source of an income by its payer, text or category', () => {
    const rows = [
      'Datum;Zahlungspflichtige*r;Zahlungsempfänger*in;Betrag;Kategorie',
      '31.01.2024;Firma;Ich;10,00;Gehalt',
      '30.01.2024;Ich;Laden;-5,00;',
      '29.01.2024;;;7,00;Zinsen',
    ];
    expect(read(...rows).entries.map(({ kind, description, source }) => [kind, description, source])).toEqual([
      ['income', 'Firma', 'Firma'],
      ['expense', 'Laden', ''],
      ['income', 'Zinsen', 'Zinsen'],
    ]);
  });

  it('put card payments of both accounts under Transfers, where they cancel', () => {
    const rows = [
      '01-31-2024,Credit Card Payment,9.00,debit,Credit Card Payment',
      '01-31-2024,Credit Card Payment,9.00,credit,Credit Card Payment',
      '01-30-2024,Fund,5.00,debit,Savings plan',
    ];
    expect(kinds('Date,Description,Amount,Transaction Type,Category', ...rows)).toEqual([
      ['expense', 900, 'Transfers', true],
      ['expense', -900, 'Transfers', true],
      ['expense', 500, 'Savings plan', false],
    ]);
  });

  it('call a row a transfer where its type or category says so, whatever else the file files it under', () => {
    const rows = [
      '2024-01-01,Food,5.00,Expense',
      '2024-01-02,Index fund,50.00,Transfer-Out',
      '2024-01-02,Gift,1.00,Income',
    ];
    expect(kinds('Date,Category,Amount,Income/Expense', ...rows)[1]).toEqual(['expense', 5000, 'Transfers', true]);
  });

  it('leave a row where the file files it, though its text speaks of a transfer', () => {
    const rows = ['2024-01-01,Bank transfer to landlord,-900.00,Rent', '2024-01-02,Transfer to savings,-50.00,'];
    expect(kinds('Date,Payee,Amount,Category', ...rows)).toEqual([
      ['expense', 90000, 'Rent', false],
      ['expense', 5000, 'Transfers', true],
    ]);
  });

  it('take what is called a refund off spending, and a tax refund as income', () => {
    const rows = ['2024-01-01,Shop,-20.00,Shoes', '2024-01-02,Refund Shop,20.00,Shoes', '2024-01-03,TAX REFUND,90.00,'];
    expect(kinds('Date,Payee,Amount,Category', ...rows)).toEqual([
      ['expense', 2000, 'Shoes', false],
      ['expense', -2000, 'Shoes', false],
      ['income', 9000, '', false],
    ]);
  });

  it('read a minus against the type column’s word as taken back', () => {
    const rows = ['2024-01-01,a,5.00,debit', '2024-01-02,a,-5.00,debit', '2024-01-03,b,9.00,credit'];
    expect(kinds('Date,Payee,Amount,Type', ...rows)).toEqual([
      ['expense', 500, '', false],
      ['expense', -500, '', false],
      ['income', 900, '', false],
    ]);
  });

  it('keep repeated rows', () => {
    expect(read('Date,Payee,Amount', '2024-01-01,a,-1.00', '2024-01-01,a,-1.00').entries).toHaveLength(2);
  });

  it('keep script, formulas, emoji and right-to-left text as plain text', () => {
    const texts = ['<script>alert(1)</script>', '=1+1', '🧾 ☕', 'مقهى'];
    const rows = texts.map((text, index) => `2024-01-0${index + 1},${text},-1.00`);
    expect(read('Date,Payee,Amount', ...rows).entries.map(({ description }) => description)).toEqual(texts);
  });

  it('read a broken quote’s row where its cells are complete', () => {
    const { entries } = read('Date,Payee,Amount', '2024-01-01,"open,-5.00', '2024-01-02,"fine",-6.00');
    expect(entries.map(({ description }) => description)).toEqual(['open', 'fine']);
  });
});
