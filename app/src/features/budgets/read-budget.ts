import { fail, ok, type Result } from '@fintrack/sync-core/protocol';
import { type DecimalMark, readTypedAmount } from '../../model/typed-amount.ts';

export type BudgetTextProblem = { readonly type: 'unreadable' | 'ambiguous' | 'negative' };

/** What a budget's field says, in minor units; null where it is empty: no budget. */
export const readBudget = (
  text: string,
  currency: string,
  localeMark: DecimalMark,
): Result<number | null, BudgetTextProblem> => {
  const read = readTypedAmount(text, currency, localeMark);
  if (read.ok) return read.value < 0 ? fail({ type: 'negative' }) : ok(read.value);
  if (read.error.type === 'empty') return ok(null);
  return fail({ type: read.error.type === 'ambiguous' ? 'ambiguous' : 'unreadable' });
};
