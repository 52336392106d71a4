import { minorToDecimal, amountMinorMax } from '@fintrack/sync-core/protocol';
import type { OtherFile } from './file-kind.ts';
import type { ColumnReason, ColumnRole, DateStyle, Doubt, Mapping, SignConvention } from './mapping.ts';
import type { DateOrder } from './read-date.ts';
import type { CsvFileError } from './read-table.ts';
import type { RefusalReason } from './refusal.ts';

// Every sentence of the importer, in one place. Each says what is wrong and what to do.

const cellLengthMax = 40;
const quote = (text: string): string =>
  `“${text.length > cellLengthMax ? `${text.slice(0, cellLengthMax)}…` : text}”`.replace(/\s+/g, ' ');
const megabytes = (bytes: number): string => `${Math.floor(bytes / 1_000_000)} MB`;

const otherFiles: Readonly<Record<OtherFile, string>> = {
  pdf: 'This is a PDF. Ask your bank for the same statement as CSV and choose that file.',
  image: 'This is a picture. Ask your bank for the statement as CSV and choose that file.',
  spreadsheet: 'This is a spreadsheet. Open it, save it as CSV, and choose the saved file.',
  archive: 'This is an archive. Unpack it and choose the CSV file inside.',
  json: 'This is a JSON file. Choose a CSV file from your bank.',
  html: 'This is a web page. Download the statement as CSV and choose that file.',
  xml: 'This is an XML file. Download the statement as CSV and choose that file.',
  ofx: 'This is an OFX file. Download the statement as CSV and choose that file.',
  qif: 'This is a QIF file. Download the statement as CSV and choose that file.',
  'unknown binary': 'This is no text file. Choose a CSV file from your bank.',
};

/** Why a file cannot be imported at all. */
export const fileErrorMessage = (error: CsvFileError): string => {
  switch (error.type) {
    case 'empty':
      return 'This file is empty. Download it again and choose the new file.';
    case 'tooLarge':
      return `This file is larger than ${megabytes(error.sizeBytesMax)}. Export a shorter period and import the parts one by one.`;
    case 'tooManyRows':
      return `This file has more than ${error.rowsMax} rows. Export a shorter period and import the parts one by one.`;
    case 'otherFile':
      return otherFiles[error.looksLike];
    case 'noTable':
      return 'No row with a date and an amount was found. Choose a CSV file with one booking a line.';
    case 'noRows':
      return 'This file has headings but no bookings below them. Export a period that has some.';
  }
};

/** Why a row was refused. */
export const refusalMessage = (reason: RefusalReason): string => {
  switch (reason.type) {
    case 'wrongCellCount':
      return `This row has ${reason.found} cells where the table has ${reason.expected}. Put quotes around text that holds the delimiter, or complete the row.`;
    case 'brokenQuote':
      return 'A quotation mark in this row is opened and never closed. Close it and import the file again.';
    case 'summaryLine':
      return 'This is a balance, a total or a remark, not a booking. Nothing to do.';
    case 'repeatedHeading':
      return 'This row repeats the headings. Nothing to do.';
    case 'noDateColumn':
      return 'No column is chosen for the date. Choose it above.';
    case 'noDate':
      return 'This row has no date. Add one, or enter it by hand.';
    case 'unreadableDate':
      return `${quote(reason.text)} is not written as a date. Write it like 2024-03-28.`;
    case 'impossibleDate':
      return `${quote(reason.text)} is no day of the calendar. Correct it, or change the order of day and month above.`;
    case 'noAmountColumn':
      return 'No column is chosen for the amount. Choose it above.';
    case 'noAmount':
      return 'This row has no amount. Add one, or enter it by hand.';
    case 'zeroAmount':
      return 'The amount of this row is zero. Nothing to do.';
    case 'unreadableAmount':
      return `${quote(reason.text)} is not an amount. Write it like 1234.56.`;
    case 'ambiguousAmount':
      return `${quote(reason.text)} can be read in two ways. Write it without a mark for thousands, or choose the decimal mark above.`;
    case 'tooManyDecimals':
      return `${quote(reason.text)} has more decimals than ${reason.currency}, which has ${reason.digitsMax}. Correct the amount.`;
    case 'amountTooLarge':
      return `${quote(reason.text)} is larger than ${minorToDecimal(amountMinorMax, 'EUR')}, the most an entry can hold. Correct the amount.`;
    case 'bothDebitAndCredit':
      return `This row has both money out (${quote(reason.debit)}) and money in (${quote(reason.credit)}). Leave one of them.`;
    case 'unknownDirection':
      return reason.text === ''
        ? 'Nothing says whether this row is money in or out. Fill in its type.'
        : `${quote(reason.text)} does not say whether this is money in or out. Choose another type column or another rule for signs above.`;
    case 'unknownCurrency':
      return `${quote(reason.text)} is no known currency. Use a code like EUR or USD.`;
    case 'neverHappened':
      return `The bank marks this booking as ${quote(reason.text)}, so no money moved. Nothing to do.`;
    case 'tooLong':
      return `The ${reason.field} has ${reason.length} characters; at most ${reason.lengthMax} fit. Shorten it.`;
  }
};

export const roleLabels: Readonly<Record<ColumnRole, string>> = {
  date: 'Date',
  amount: 'Amount',
  debit: 'Money out',
  credit: 'Money in',
  type: 'In or out, kind of booking',
  description: 'Description',
  payer: 'Who paid (for income)',
  note: 'Note',
  category: 'Category',
  subcategory: 'Subcategory',
  currency: 'Currency',
  balance: 'Balance (not imported)',
  account: 'Account',
  status: 'Status',
  ignore: 'Not imported',
};

export const signLabels: Readonly<Record<SignConvention, string>> = {
  negativeIsExpense: 'A minus is money out',
  positiveIsExpense: 'A minus is money in (card statement)',
  allExpenses: 'All rows are spending, unless the category or text says income',
  typeColumn: 'The type column says in or out',
  separateColumns: 'Money in and money out have their own columns',
};

export const dateOrderLabels: Readonly<Record<DateOrder, string>> = {
  dmy: 'Day, month, year',
  mdy: 'Month, day, year',
  ymd: 'Year, month, day',
};

/** Why a column got its role. */
export const columnReasonMessage = (reason: ColumnReason): string => {
  switch (reason.type) {
    case 'heading':
      return 'By its heading.';
    case 'contents':
      return `By its cells: ${reason.matching} of ${reason.of} fit.`;
    case 'runningBalance':
      return `${reason.matching} of ${reason.of} balances follow from the amounts.`;
    case 'anotherIsBetter':
      return `Another column is used for: ${roleLabels[reason.than].toLowerCase()}.`;
    case 'notNeeded':
      return 'Not needed for an entry.';
    case 'chosen':
      return 'Chosen by you.';
  }
};

const dateReasons: Readonly<Record<DateStyle['reason'], string>> = {
  values: 'the days in the file allow nothing else',
  rowOrder: 'the rows then run in order',
  otherStyles: 'the file’s other dates are written so',
  locale: 'that is usual where you are',
  chosen: 'you chose it',
};

/** How dates of one style are read, and why. */
export const dateStyleMessage = ({ example, order, reason }: DateStyle): string =>
  `Dates like ${quote(example)}: ${dateOrderLabels[order].toLowerCase()}, because ${dateReasons[reason]}.`;

const signReasons: Readonly<Record<Mapping['signReason'], string>> = {
  runningBalance: 'the balances follow so',
  typeWords: 'the type column says so',
  minusSigns: 'some amounts carry a minus',
  mostlyPositive: 'nearly all amounts are positive, as on a card statement',
  noMinus: 'no amount carries a minus',
  columns: 'the file has no common column of amounts',
  chosen: 'you chose it',
};

export const signMessage = ({ signConvention, signReason }: Mapping): string =>
  `${signLabels[signConvention]}, because ${signReasons[signReason]}.`;

/** What to check before importing. */
export const doubtMessage = (doubt: Doubt): string => {
  switch (doubt.type) {
    case 'dateOrder':
      return `Dates like ${quote(doubt.example)} can be read in two ways. They are read as ${dateOrderLabels[doubt.order].toLowerCase()}: check a date that you know.`;
    case 'decimalMark':
      return `Amounts like ${quote(doubt.example)} can be read in two ways. Check whether the mark groups thousands or begins decimals.`;
    case 'sign':
      return `${signLabels[doubt.convention]}: check a row that you know.`;
    case 'noDateColumn':
      return 'No column of dates was found. Choose it.';
    case 'noAmountColumn':
      return 'No column of amounts was found. Choose it.';
  }
};
