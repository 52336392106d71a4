import { isLive, type Row } from '@fintrack/sync-core/client';
import { isJsonObject } from '@fintrack/sync-core/protocol';
import type { Budget } from '../model/ledger.ts';
import { isMoney, textOf } from './entry-of.ts';

/** A live budget; nothing while what it needs to be shown is missing. */
export const budgetOf = (row: Row | undefined): Omit<Budget, 'isPending'> | undefined => {
  if (!isLive(row)) return undefined;
  const { id, cells } = row;
  const of = cells['of']?.value ?? null;
  const amount = cells['amount']?.value;
  if (!isJsonObject(of) || !isMoney(amount)) return undefined;
  return {
    id,
    categoryId: textOf(of['category']),
    month: textOf(of['month']),
    amountMinor: amount.minor,
    // That of the derived id, which never changes [F7]; the server reads it there too.
    currency: textOf(of['currency']),
  };
};
