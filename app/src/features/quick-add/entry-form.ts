import {
  type CalendarDate,
  fail,
  isCalendarDate,
  isCurrency,
  limits,
  minorToDecimal,
  ok,
  type Result,
} from '@fintrack/sync-core/protocol';
import type { Entry, EntryDraft, EntryKind } from '../../model/ledger.ts';
import type { DecimalMark } from '../../model/typed-amount.ts';
import { type AmountProblem, type AmountSum, readAmountSum } from './amount-sum.ts';

/** The form as typed; kept as a draft on this device in this shape, of an edit what was typed over. */
export type EntryForm = {
  readonly kind: EntryKind;
  readonly amountText: string;
  readonly currency: string;
  readonly title: string;
  readonly note: string;
  readonly categoryId: string | null;
  /** True once the person chose the category, or chose none: no suggestion replaces it then. */
  readonly isCategoryChosen: boolean;
  readonly date: CalendarDate;
};

export const emptyForm = (kind: EntryKind, date: CalendarDate, currency: string): EntryForm => ({
  kind,
  amountText: '',
  currency,
  title: '',
  note: '',
  categoryId: null,
  isCategoryChosen: false,
  date,
});

/** With the decimal mark of the person's locale, as they would have typed it. */
export const formOfEntry = (entry: Entry, decimalMark: DecimalMark): EntryForm => ({
  kind: entry.kind,
  amountText: minorToDecimal(entry.amountMinor, entry.currency).replace('.', decimalMark),
  currency: entry.currency,
  title: entry.title,
  note: entry.note,
  categoryId: entry.categoryId,
  isCategoryChosen: true,
  date: entry.date,
});

/**
 * What an edit's draft keeps: fields that differ from the entry, if any do. The others follow the entry, should another
 * device change it before the form is opened again.
 */
export const typedOver = (form: EntryForm, start: EntryForm): Partial<EntryForm> | undefined => {
  const was = new Map<string, unknown>(Object.entries(start));
  const typed = Object.entries(form).filter(([name, value]) => value !== was.get(name));
  return typed.length === 0 ? undefined : Object.fromEntries(typed);
};

/** A draft comes from storage, perhaps of another version: what does not fit is left out, and is as at the start. */
export const formOfDraft = (draft: unknown, start: EntryForm): EntryForm | undefined => {
  if (typeof draft !== 'object' || draft === null) return undefined;
  const stored = draft as Partial<Record<keyof EntryForm, unknown>>;
  const text = (value: unknown, otherwise: string): string => (typeof value === 'string' ? value : otherwise);
  return {
    kind: stored.kind === 'income' || stored.kind === 'expense' ? stored.kind : start.kind,
    amountText: text(stored.amountText, start.amountText),
    currency: text(stored.currency, start.currency),
    title: text(stored.title, start.title),
    note: text(stored.note, start.note),
    categoryId:
      typeof stored.categoryId === 'string' || stored.categoryId === null ? stored.categoryId : start.categoryId,
    isCategoryChosen: typeof stored.isCategoryChosen === 'boolean' ? stored.isCategoryChosen : start.isCategoryChosen,
    date: text(stored.date, start.date),
  };
};

/** True where nothing was typed that would be missed. */
export const isUntouched = (form: EntryForm): boolean =>
  form.amountText.trim() === '' && form.title.trim() === '' && form.note.trim() === '';

export type TextProblem = { readonly type: 'tooLong'; readonly length: number; readonly lengthMax: number };
export type FormProblems = {
  readonly amount?: AmountProblem;
  readonly currency?: { readonly type: 'unknownCurrency'; readonly code: string };
  readonly title?: TextProblem;
  readonly note?: TextProblem;
  readonly date?: { readonly type: 'noSuchDate'; readonly text: string };
};

export type ReadOptions = {
  /** The entry as the form first showed it, when one is edited. */
  readonly before?: Entry | undefined;
  readonly localeMark?: DecimalMark;
};

/** A currency that is none has two decimals, until the person chooses another. */
export const readFormAmount = (
  { amountText, currency }: EntryForm,
  localeMark?: DecimalMark,
): Result<AmountSum, AmountProblem> => readAmountSum(amountText, isCurrency(currency) ? currency : 'EUR', localeMark);

/** The entry that the form says, or everything that is wrong with it at once. */
export const readEntryForm = (
  form: EntryForm,
  { before, localeMark }: ReadOptions = {},
): Result<EntryDraft, FormProblems> => {
  const currencyIsKnown = isCurrency(form.currency);
  const amount = readFormAmount(form, localeMark);
  const title = textProblem(form.title);
  const note = textProblem(form.note);
  const dateExists = isCalendarDate(form.date);
  if (!amount.ok || !currencyIsKnown || title || note || !dateExists)
    return fail({
      ...(amount.ok ? {} : { amount: amount.error }),
      ...(currencyIsKnown ? {} : { currency: { type: 'unknownCurrency', code: form.currency } }),
      ...(title ? { title } : {}),
      ...(note ? { note } : {}),
      ...(dateExists ? {} : { date: { type: 'noSuchDate', text: form.date } }),
    });
  return ok({
    kind: form.kind,
    ...(before === undefined ? {} : { id: before.id, before }),
    date: form.date,
    amountMinor: amount.value.minor,
    currency: form.currency,
    title: form.title.trim(),
    note: form.note.trim(),
    categoryId: form.kind === 'income' ? null : form.categoryId,
  });
};

const textProblem = (text: string): TextProblem | undefined =>
  text.trim().length > limits.textLengthMax
    ? { type: 'tooLong', length: text.trim().length, lengthMax: limits.textLengthMax }
    : undefined;
