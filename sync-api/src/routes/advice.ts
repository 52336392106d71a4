import { adviseMonth, adviceToJson, type Budget, type Entry } from '@fintrack/advisor-core';
import {
  type CalendarMonth,
  fail,
  isCalendarDate,
  monthOf,
  ok,
  type SpaceId,
  transfersCategoryId,
} from '@fintrack/sync-core/protocol';
import type { ChangeLog, RowStore } from '@fintrack/sync-core/server';
import type { RouteResult, User } from './answer.ts';

export type LedgerReader = {
  /**
   * What the tables hold of one month, in any order, in the shape a device hands to `advise` as well, so that both get
   * the same bytes:
   *
   * - entries: `id` the record's id (no space before it), `kind`, `date`, `amountMinor` and `currency` of its `amount`,
   *   `categoryId` of an expense's own `category` group, null where it has none, and null for all income;
   * - budgets: `categoryId`, `month` and `currency` of its `of`, `amountMinor` of its `amount`.
   *
   * Deleted records, and those without a date, month or amount, are left out.
   */
  readMonth(
    space: SpaceId,
    month: CalendarMonth,
  ): Promise<{ readonly entries: readonly Entry[]; readonly budgets: readonly Budget[] }>;
};

export type AdviceDeps = {
  readonly ledger: LedgerReader;
  readonly applied: RowStore['applied'];
  readonly tail: ChangeLog['tail'];
};

/**
 * `GET /v1/advice?asOf=YYYY-MM-DD`: `{"advice": ..., "position": n}`, where the text of `advice` is `adviceToJson`'s.
 * `position` is the log position up to which the tables were folded before they were read; they may hold a little more,
 * and their indexes, for a moment, a little less.
 */
export const createAdviceRoute =
  ({ ledger, applied, tail }: AdviceDeps) =>
  async (user: User, query: Readonly<Record<string, string>>): Promise<RouteResult> => {
    const asOf = query['asOf'];
    if (asOf === undefined || !isCalendarDate(asOf)) {
      return fail({ type: 'badRequest', message: 'asOf must be a calendar date, written like 2026-11-23.' });
    }
    if ((await tail(user.space))?.entry.type === 'seal') {
      return fail({ type: 'sealed', message: 'the account is deleted' });
    }
    const { seq: position } = await applied(user.space);
    const { entries, budgets } = await ledger.readMonth(user.space, monthOf(asOf));
    const advice = adviseMonth({ entries, budgets, asOf, transfersCategoryId });
    return ok({ body: `{"advice":${adviceToJson(advice)},"position":${position}}` });
  };
