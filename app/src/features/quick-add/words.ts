import type { SuggestionReason } from '@fintrack/advisor-core';
import type { Format } from '../../ui/format.ts';
import type { AmountProblem } from './amount-sum.ts';
import type { TextProblem } from './entry-form.ts';

export const words = {
  addExpense: 'Add expense',
  addIncome: 'Add income',
  edit: (title: string) => `Edit ${title}`,
  anEntry: 'entry',
  expense: 'Expense',
  income: 'Income',
  kind: 'Kind of entry',
  close: 'Close, keep as draft',
  amount: 'Amount',
  currency: 'Currency',
  description: 'Description',
  descriptionExample: 'Where, or what for',
  incomeExample: 'From whom',
  category: 'Category',
  all: 'All',
  fewer: 'Fewer',
  newCategory: 'New category',
  addCategory: 'Add category',
  date: 'Date',
  note: 'Note',
  because: (category: string, title: string, times: number, of: number) =>
    of === 1
      ? `${category}, as ${title} was last time`
      : `${category}, because ${title} was ${category} ${times} times of ${of}`,
  readAs: (amount: string) => `Read as ${amount}`,
  readAsRefund: (amount: string) => `Read as ${amount}, a refund`,
  typeAmount: 'Either mark works: 14,99 or 14.99',
  keypad: 'Keypad',
  backspace: 'Remove last',
  clear: 'Clear',
  clearKey: 'C',
  plus: 'Plus',
  minus: 'Minus',
  decimalMark: 'Decimal mark',
  leaves: (amount: string, category: string) => `Leaves ${amount} in ${category}`,
  puts: (amount: string, category: string) => `Puts ${category} ${amount} over`,
  forDays: (days: number, aDay: string) => (days === 1 ? 'for today' : `for ${days} days, ${aDay} a day`),
  save: 'Save',
  saveAmount: (amount: string) => `Save ${amount}`,
  saveAgain: 'Save again',
  saving: 'Saving',
  delete: 'Delete',
  undo: 'Undo',
  saved: (amount: string) => `Saved ${amount} on this device`,
  deleted: (title: string, amount: string) => `Deleted ${title}, ${amount}.`,
  restored: (title: string) => `${title} is back`,
  history: 'History',
  undone: (title: string) => `${title} is as it was before`,
  changedSince: (title: string) => `${title} was changed since. Its history has every version.`,
  draftBack: 'As you left it.',
  startOver: 'Start over',
  gone: 'This entry is not in the book any more. It may have been deleted on another device.',
  noTitle: 'No description',
};

/** Why a category is offered. */
export const reasonSentence = (reason: SuggestionReason): string => {
  switch (reason.type) {
    case 'same-title':
      return reason.of === 1 ? 'Filed so last time' : `Filed so ${reason.times} of ${reason.of} times`;
    case 'words':
      return `Because of ${reason.words.map((word) => `\u201c${word}\u201d`).join(', ')}`;
    case 'usual':
      return 'Usual for new descriptions and such amounts';
  }
};

/** What is wrong with an amount, and what to type instead. */
export const amountSentence = (problem: AmountProblem, currency: string): string => {
  switch (problem.type) {
    case 'empty':
      return 'Write the amount, such as 12.40.';
    case 'zero':
      return 'The amount comes to 0. Write what was paid.';
    case 'notANumber':
      return `\u201c${short(problem.text)}\u201d is no amount. Use figures, such as 12.40 or 12,40.`;
    case 'ambiguous':
      return ambiguousSentence(problem.text);
    case 'tooManyDecimals':
      return problem.digitsMax === 0
        ? `${currency} has no decimals. Write a whole number.`
        : `${currency} has ${problem.digitsMax} decimals. Write no more than that.`;
    case 'tooLarge':
      return 'This is more than one entry can hold. Check the number of figures.';
    case 'otherCurrency':
      return `The amount says ${problem.code}, the entry is in ${currency}. Choose ${problem.code} as its currency, or leave it out of the amount.`;
    case 'unknownCurrency':
      return `${problem.code} is no currency we know. Choose one from the list.`;
  }
};

const ambiguousSentence = (text: string): string => {
  const bare = text.trim().replace(/[^\d.,]/g, '');
  const whole = bare.replace(/[.,]/g, '');
  return `\u201c${short(text.trim())}\u201d can be read in two ways. For the thousand write ${whole}; for decimals write ${bare.slice(0, -1)}.`;
};

export const textSentence = (problem: TextProblem, what: string, format: Format): string =>
  `The ${what} has ${format.count(problem.length)} characters, the limit is ${format.count(problem.lengthMax)}. Shorten it; nothing is cut off by itself.`;

export const dateSentence = (text: string): string =>
  text === ''
    ? 'There is no such day. Choose one that exists, from 1900 to 2199.'
    : `${short(text)} does not exist. Choose a day from 1900 to 2199.`;

const short = (text: string): string => (text.length > 24 ? `${text.slice(0, 24)}\u2026` : text);
