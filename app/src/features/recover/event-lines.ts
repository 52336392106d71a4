import type { HistoryEvent } from '../../model/history.ts';
import { capital, groupName, type ValueContext, valueText } from '../../ui/value-words.ts';
import { words } from './words.ts';

export type EventLine = { readonly text: string; readonly isLost: boolean };

/** Fields that people do not see or set by themselves. */
const hidden = new Set(['import', 'tags']);

/** What one change did, a line a field: from which value to which, or that it lost. */
export const eventLines = (event: HistoryEvent, context: ValueContext): readonly EventLine[] =>
  event.groups
    .filter(({ group }) => !hidden.has(group))
    .map(({ group, before, after, outcome }) => {
      const name = capital(groupName(group));
      const value = valueText(group, after, context);
      if (outcome === 'lost' && event.what !== 'refused') return { text: words.lost(name, value), isLost: true };
      const text =
        before === undefined ? words.setTo(name, value) : words.fromTo(name, valueText(group, before, context), value);
      return { text: outcome === 'won' ? `${text}, ${words.won}` : text, isLost: false };
    });
