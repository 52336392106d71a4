import { type Json, sameJson } from '@fintrack/sync-core/protocol';
import type { EntryDraft } from '../model/ledger.ts';

type Values = Readonly<Record<string, Json>>;
type Typed = Pick<EntryDraft, 'kind' | 'date' | 'amountMinor' | 'currency' | 'title' | 'note' | 'categoryId'>;

/** The groups of a new entry; what is empty is left out. */
export const newEntryValues = (typed: Typed): Values =>
  Object.fromEntries(Object.entries(allValues(typed)).filter(([, value]) => value !== '' && value !== null));

/** Only the groups that were typed over, so that two devices that edit different ones both keep theirs. */
export const changedEntryValues = (typed: Typed, before: Typed): Values => {
  const old = allValues(before);
  return Object.fromEntries(
    Object.entries(allValues(typed)).filter(([group, value]) => !sameJson(value, old[group] ?? null)),
  );
};

const allValues = (typed: Typed): Values => {
  const common = {
    amount: { currency: typed.currency, minor: typed.amountMinor },
    date: typed.date,
    note: typed.note,
  };
  return typed.kind === 'expense'
    ? { ...common, category: typed.categoryId, description: typed.title }
    : { ...common, source: typed.title };
};
