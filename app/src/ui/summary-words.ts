import { recordKey } from '@fintrack/sync-core/protocol';
import type { ChangeSummary } from '../model/history.ts';
import { amountOf, groupName, recordName, type ValueContext } from './value-words.ts';

export type SummaryWords = { readonly title: string; readonly what: string; readonly amount: string };

const whats: Readonly<Record<ChangeSummary['what'], string>> = {
  added: 'Added',
  changed: 'Changed',
  deleted: 'Deleted',
  restored: 'Brought back',
  made: 'Made by the app',
};

/** One change in a list: what it is of, what was done, and the amount there is now. */
export const summaryWords = (summary: ChangeSummary, context: ValueContext): SummaryWords => {
  const { kind, id, what, groups, values, othersCount } = summary;
  const title = recordName(recordKey(kind, id), values, context);
  const done = what === 'changed' && groups.length > 0 ? `${listText(groups.map(groupName))} changed` : whats[what];
  const others = othersCount > 0 ? `, and ${context.format.count(othersCount)} more with it` : '';
  return {
    title,
    what: done.charAt(0).toUpperCase() + done.slice(1) + others,
    amount: kind === 'expense' || kind === 'income' || kind === 'budget' ? amountOf(values, context) : '',
  };
};

/** `a`, `a and b`, `a, b and c`. */
export const listText = (parts: readonly string[]): string =>
  parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`;
