import { describe, expect, it } from 'vitest';
import { guessMapping, type MappingOptions, withRole } from './guess-mapping.ts';
import type { Mapping } from './mapping.ts';
import { mappingChoices, withDecimalMark, withSignConvention, withStyleOrder } from './mapping-options.ts';
import { type CsvTable, readTable } from './read-table.ts';

const options: MappingOptions = { localeDateOrder: 'mdy', homeCurrency: 'USD' };
const table = (lines: readonly string[]): CsvTable => {
  const read = readTable(lines.join('\n'), 'utf-8');
  if (!read.ok) throw new Error(read.error.type);
  return read.value;
};
const guess = (...lines: string[]): Mapping => guessMapping(table(lines), options);
const roles = (mapping: Mapping): string[] => mapping.columns.map(({ role }) => role);

describe('columns', () => {
  it('are known by headings in English, German, Spanish and French', () => {
    const cells = '2024-01-31;x;a note;-5.00;95.00;EUR';
    for (const heading of [
      'Date;Description;Memo;Amount;Balance;Currency',
      'Buchungstag;Empfänger;Verwendungszweck;Betrag;Saldo;Währung',
      'Fecha operación;Concepto;Observaciones;Importe;Saldo;Divisa',
      "Date de l'opération;Libellé;Commentaire;Montant;Solde;Devise",
    ])
      expect(roles(guess(heading, cells))).toEqual(['date', 'description', 'note', 'amount', 'balance', 'currency']);
  });

  it('take the booking date before the value date, wherever it stands', () => {
    const mapping = guess('Valuta;Buchungstag;Text;Betrag', '02.01.2024;31.01.2024;x;-5,00');
    expect(roles(mapping)).toEqual(['ignore', 'date', 'description', 'amount']);
    expect(mapping.columns[0]?.reason).toEqual({ type: 'anotherIsBetter', than: 'date' });
  });

  it('pass over an empty date column', () => {
    expect(roles(guess('Date,Posted Date,Payee,Amount', ',2024-01-01,a,-1.00', ',2024-01-02,b,-1.00'))[1]).toBe('date');
  });

  it('never take a balance for the amount, even without headings', () => {
    const mapping = guess(
      '2024-01-01,90.00,a,-10.00',
      '2024-01-02,85.00,b,-5.00',
      '2024-01-03,105.00,c,20.00',
      '2024-01-04,104.00,d,-1.00',
    );
    expect(roles(mapping)).toEqual(['date', 'balance', 'description', 'amount']);
    expect(mapping.columns[1]).toMatchObject({
      confidence: 'high',
      reason: { type: 'runningBalance', matching: 3, of: 3 },
    });
  });

  it('are debit and credit where two fill in turn', () => {
    expect(roles(guess('2024-01-01,a,5.00,', '2024-01-02,b,,6.00', '2024-01-03,c,7.00,'))).toEqual([
      'date',
      'description',
      'debit',
      'credit',
    ]);
  });

  it('leave foreign amounts, fees and identifiers out', () => {
    const mapping = guess(
      'Transaction ID,Date,Name,Amount,Local amount,Local currency,Fee,MCC',
      'tx1,2024-01-01,a,-5.00,-6.00,EUR,0.10,5411',
    );
    expect(roles(mapping)).toEqual(['ignore', 'date', 'description', 'amount', 'ignore', 'ignore', 'ignore', 'ignore']);
  });

  it('tell a column of directions under one heading from figures under the same', () => {
    expect(
      roles(guess('Date,Payee,Debit/Credit,Amount', '2024-01-01,a,Debit,5.00', '2024-01-02,b,Credit,6.00'))[2],
    ).toBe('type');
    expect(roles(guess('Date,Payee,Debit/Credit', '2024-01-01,a,-5.00', '2024-01-02,b,6.00'))[2]).toBe('amount');
  });
});

describe('signs', () => {
  const sign = (...lines: string[]): unknown[] => {
    const mapping = guess(...lines);
    return [mapping.signConvention, mapping.signReason];
  };

  it('follow the running balance before anything else', () => {
    const rows = [
      '2024-01-01,a,10.00,90.00',
      '2024-01-02,b,5.00,85.00',
      '2024-01-03,c,-20.00,105.00',
      '2024-01-04,d,1.00,104.00',
    ];
    expect(sign('Date,Payee,Amount,Balance', ...rows)).toEqual(['positiveIsExpense', 'runningBalance']);
  });

  it('come from the words of a type column where amounts carry none', () => {
    const rows = ['2024-01-01,a,10.00,Soll', '2024-01-02,b,5.00,Haben'];
    expect(sign('Datum,Text,Betrag,Soll/Haben', ...rows)).toEqual(['typeColumn', 'typeWords']);
  });

  it('stay with the figures where the words only repeat them', () => {
    const rows = ['2024-01-01,a,-10.00,Debit', '2024-01-02,b,5.00,Credit', '2024-01-03,b,-5.00,Debit'];
    expect(sign('Date,Payee,Amount,Type', ...rows)).toEqual(['negativeIsExpense', 'typeWords']);
  });

  it('are turned round where the words repeat them so, as on a card', () => {
    const rows = ['2024-01-01,a,10.00,Debit', '2024-01-02,b,-5.00,Credit', '2024-01-03,b,5.00,Debit'];
    expect(sign('Date,Payee,Amount,Type', ...rows)).toEqual(['positiveIsExpense', 'typeWords']);
  });

  it('are a doubt on a list without any minus', () => {
    const mapping = guess('Date,Category,Amount', '2024-01-01,Rent,900.00', '2024-01-02,Food,20.00');
    expect(mapping.signConvention).toBe('allExpenses');
    expect(mapping.doubts).toEqual([{ type: 'sign', convention: 'allExpenses' }]);
  });
});

describe('doubts', () => {
  it('name dates that only the locale decides', () => {
    expect(guess('Date,Payee,Amount', '01-02-2018,a,-5.00').doubts).toEqual([
      { type: 'dateOrder', style: '-YYYY', example: '01-02-2018', order: 'mdy' },
    ]);
  });

  it('name amounts that can be read in two ways', () => {
    expect(guess('Date,Payee,Amount', '2024-01-31,a,"-1,499"').doubts).toEqual([
      { type: 'decimalMark', column: 2, example: '-1,499' },
    ]);
  });

  it('are none where another money column shows the mark', () => {
    const mapping = guess('Date,Payee,Amount,Balance', '2024-01-31,a,"-1,499","2,000.50"');
    expect(mapping.columns[2]?.decimalMark).toBe('.');
    expect(mapping.doubts).toEqual([]);
  });
});

describe('currency', () => {
  it('is named by a money heading, else above the table, else the home currency', () => {
    expect(guess('Datum;Text;Betrag (EUR)', '31.01.2024;a;-5,00').defaultCurrency).toBe('EUR');
    expect(guess('Datum;Text;Betrag in CHF', '31.01.2024;a;-5,00').defaultCurrency).toBe('CHF');
    expect(guess('Währung:;GBP', 'Datum;Text;Betrag', '31.01.2024;a;-5,00').defaultCurrency).toBe('GBP');
    expect(guess('Datum;Text;Betrag', '31.01.2024;a;-5,00').defaultCurrency).toBe('USD');
  });
});

describe('a changed mapping', () => {
  const source = table(['Date,Text,Extra,Amount,Other', '01/02/2024,a,b,-5.00,"-7,5"', '03/02/2024,a,b,-6.00,"-8,5"']);
  const mapping = guessMapping(source, options);

  it('moves a role that only one column can have and finds anew what follows from it', () => {
    const changed = withRole(source, mapping, { index: 4, role: 'amount' }, options);
    expect(roles(changed)).toEqual(['date', 'description', 'ignore', 'ignore', 'amount']);
    expect(changed.columns[4]).toMatchObject({ decimalMark: ',', reason: { type: 'chosen' } });
  });

  it('keeps a chosen sign through a change of roles', () => {
    const chosen = withSignConvention(mapping, 'positiveIsExpense');
    expect(withRole(source, chosen, { index: 2, role: 'note' }, options).signConvention).toBe('positiveIsExpense');
  });

  it('takes a chosen date order and decimal mark, and drops their doubts', () => {
    const doubtful = guess('Date,Payee,Amount', '01-02-2018,a,"-1,499"');
    const settled = withDecimalMark(withStyleOrder(doubtful, '-YYYY', 'dmy'), '.');
    expect(settled.dateStyles[0]).toMatchObject({ order: 'dmy', reason: 'chosen' });
    expect(settled.columns[2]?.decimalMark).toBe('.');
    expect(settled.doubts).toEqual([]);
  });

  it('offers only sign rules that its columns allow', () => {
    const values = mappingChoices(mapping).signConventions.map(({ value }) => value);
    expect(values).toEqual(['negativeIsExpense', 'positiveIsExpense', 'allExpenses']);
  });
});
