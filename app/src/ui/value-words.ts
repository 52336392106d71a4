import { idOfKey, isCalendarDate, isJsonObject, type Json, kindOfKey } from '@fintrack/sync-core/protocol';
import type { Author, Values } from '../model/history.ts';
import type { Category } from '../model/ledger.ts';
import type { Format } from './format.ts';

/** What words for values need to know. */
export type ValueContext = {
  readonly format: Format;
  readonly categoryById: ReadonlyMap<string, Category>;
};

const groupNames: Readonly<Record<string, string>> = {
  amount: 'amount',
  date: 'date',
  category: 'category',
  description: 'description',
  source: 'description',
  note: 'note',
  tags: 'tags',
  name: 'name',
  currency: 'currency',
  locale: 'language',
  monthStart: 'first day of the month',
  look: 'look',
  order: 'place in the list',
  import: 'file it came from',
  insight: 'what was answered',
  reason: 'answer',
};

/** A field group as a person calls it, in lower case; one of a newer program by its own name. */
export const groupName = (group: string): string => groupNames[group] ?? group;

const words = {
  noCategory: 'no category',
  otherCategory: 'a category that is gone',
  nothing: 'nothing',
  untitled: 'No description',
  budgetOf: (category: string, month: string) => `${category}, ${month}`,
  budget: 'A budget',
  profile: 'Your profile',
  dismissal: 'An answer to a notice or to advice',
  forecast: 'A forecast, kept to be scored',
  other: 'A record of a newer version of the app',
  thisDevice: 'this device',
  otherDevice: (name: string) => `device ${name}`,
  server: 'the server',
};

/** A value of a group, written as the screens write it. */
export const valueText = (group: string, value: Json | undefined, { format, categoryById }: ValueContext): string => {
  if (value === undefined) return words.nothing;
  if (group === 'category') return categoryText(value, categoryById);
  if (isMoney(value)) return format.coded(value.minor, value.currency);
  if (value === null || value === '') return words.nothing;
  if (typeof value === 'string') return group === 'date' && isCalendarDate(value) ? format.fullDay(value) : value;
  if (typeof value === 'number') return format.count(value);
  return Array.isArray(value) ? value.join(', ') : JSON.stringify(value);
};

const categoryText = (value: Json, categoryById: ValueContext['categoryById']): string =>
  typeof value === 'string' ? (categoryById.get(value)?.name ?? words.otherCategory) : words.noCategory;

const isMoney = (value: Json): value is { readonly minor: number; readonly currency: string } =>
  isJsonObject(value) && Number.isSafeInteger(value['minor']) && typeof value['currency'] === 'string';

/** What a record is called in a line: an entry by its description, a budget by what it is for. */
export const recordName = (key: string, values: Values, context: ValueContext): string => {
  const text = (group: string): string => {
    const value = values[group];
    return typeof value === 'string' ? value : '';
  };
  switch (kindOfKey(key)) {
    case 'expense':
      return text('description') || words.untitled;
    case 'income':
      return text('source') || words.untitled;
    case 'category':
      return text('name') || idOfKey(key);
    case 'budget':
      return budgetName(values['of'], context);
    case 'profile':
      return words.profile;
    case 'import':
      return fileName(values['file']);
    case 'dismissal':
      return words.dismissal;
    case 'forecast':
      return words.forecast;
    default:
      return words.other;
  }
};

const fileName = (file: Json | undefined): string => {
  const name = file !== undefined && isJsonObject(file) ? file['name'] : undefined;
  return typeof name === 'string' ? name : '';
};

const budgetName = (of: Json | undefined, { format, categoryById }: ValueContext): string => {
  if (of === undefined || !isJsonObject(of)) return words.budget;
  const { category, month } = of;
  if (typeof month !== 'string') return words.budget;
  return words.budgetOf(categoryText(category ?? null, categoryById), format.month(month));
};

/** The amount of an entry or a budget, or nothing for what has none. */
export const amountOf = (values: Values, { format }: ValueContext): string => {
  const amount = values['amount'];
  return amount !== undefined && isMoney(amount) ? format.coded(amount.minor, amount.currency) : '';
};

/** Who made a change; devices have no names, so that others are told apart by the start of their id. */
export const authorText = (author: Author): string => {
  if (author.type === 'thisDevice') return words.thisDevice;
  return author.type === 'server' ? words.server : words.otherDevice(author.replica.slice(0, 4).toUpperCase());
};

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
