import { isJsonObject, type Json, minorToDecimal } from '@fintrack/sync-core/protocol';
import type { Values } from './history.ts';
import type { EntryKind } from './ledger.ts';
import type { DecimalMark } from './typed-amount.ts';

/** Names under which forms keep what is typed and not saved. */
export const addDraftName = 'add';
export const editDraftName = (kind: EntryKind, id: string): string => `edit/${kind}/${id}`;

const againPrefix = 'again/';
/** Of an entry that was refused when it was new, to be sent again: beside whatever else is half-typed. */
export const againDraftName = (id: string): string => againPrefix + id;
const isAgainDraft = (name: string | null): name is string => name?.startsWith(againPrefix) === true;

/** Where a refused entry is edited: the form's address says which notice saving it answers. */
export const sendAgainHref = (path: string, noticeId: string, draftName?: string): string =>
  `${path}?${new URLSearchParams({ answers: noticeId, ...(draftName === undefined ? {} : { draft: draftName }) })}`;

/** The notice that is dealt with once the form is saved, and the draft that it starts from. */
export const sendAgainOf = (search: string): { readonly answers?: string; readonly draft?: string } => {
  const asked = new URLSearchParams(search);
  const [answers, draft] = [asked.get('answers'), asked.get('draft')];
  return { ...(answers === null ? {} : { answers }), ...(isAgainDraft(draft) ? { draft } : {}) };
};

/** What the form of an entry keeps of these values, as a person would have typed them; what is missing is left out. */
export const draftOfValues = (
  kind: EntryKind,
  values: Values,
  decimalMark: DecimalMark,
): Readonly<Record<string, unknown>> => {
  const { amount, date, category, note = '' } = values;
  const money = moneyOf(amount);
  return {
    kind,
    ...(money ? { amountText: amountText(money, decimalMark), currency: money.currency } : {}),
    ...(typeof date === 'string' ? { date } : {}),
    title: values[kind === 'expense' ? 'description' : 'source'] ?? '',
    note,
    ...(category === undefined ? {} : { categoryId: category, isCategoryChosen: true }),
  };
};

type Money = { readonly minor: number; readonly currency: string };

const moneyOf = (value: Json | undefined): Money | undefined => {
  if (value === undefined || !isJsonObject(value)) return undefined;
  const { minor, currency } = value;
  return typeof minor === 'number' && typeof currency === 'string' ? { minor, currency } : undefined;
};

const amountText = ({ minor, currency }: Money, decimalMark: DecimalMark): string =>
  minorToDecimal(minor, currency).replace('.', decimalMark);
