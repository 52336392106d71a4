import {
  advise,
  adviceToJson,
  type Budget,
  type Entry,
  type Feedback,
  type FrozenForecast,
} from '@fintrack/advisor-core';
import { fail, isCalendarDate, ok, type SpaceId, transfersCategoryId } from '@fintrack/sync-core/protocol';
import type { ChangeLog } from '@fintrack/sync-core/server';
import type { RouteResult, User } from './answer.ts';

/**
 * A whole ledger, in no order, in the shape in which a device hands it to the advisor as well, so that both get the same
 * bytes. Each live record gives one of these, named by the groups of its row:
 *
 * - `Entry` of an expense or income: `id` and `kind` of the record, `date`, `amountMinor` and `currency` of its `amount`,
 *   `title` an expense's `description` or an income's `source`, '' where it has none, `categoryId` an expense's own
 *   `category` (not one that it was merged into), null where it has none, and null for all income;
 * - `Budget`: `id` of the record, `categoryId`, `month` and `currency` of its `of`, `amountMinor` of its `amount`;
 * - `Feedback` of a dismissal: `insight`, and `reason`, '' where it has none; those of notices take part, and mean nothing;
 * - `FrozenForecast` of a forecast: `subject` `forecastSubject` of its `of`, whose category null is the total, `month` of
 *   its `of`, `asOf` its `made`, `pointMinor` of its `amount`, `lowMinor` and `highMinor` of its `range`.
 *
 * Left out is a record without a valid date or month, without an amount in whole minor units or its currency, without
 * an insight, and a budget without a category. In every text half a surrogate pair that stands alone is U+FFFD.
 */
export type AdvisedLedger = {
  readonly entries: readonly Entry[];
  readonly budgets: readonly Budget[];
  readonly feedback: readonly Feedback[];
  readonly forecasts: readonly FrozenForecast[];
};

/** The ledger exactly as the log has it at `position`. */
export type LedgerReader = (space: SpaceId) => Promise<AdvisedLedger & { readonly position: number }>;

export type AdviceDeps = {
  readonly readLedger: LedgerReader;
  readonly tail: ChangeLog['tail'];
};

/**
 * `GET /v1/advice?asOf=YYYY-MM-DD`: `{"advice": ..., "position": n}`, where the text of `advice` is `adviceToJson`'s, of
 * the ledger as the log has it at `position`.
 */
export const createAdviceRoute =
  ({ readLedger, tail }: AdviceDeps) =>
  async (user: User, query: Readonly<Record<string, string>>): Promise<RouteResult> => {
    const asOf = query['asOf'];
    if (asOf === undefined || !isCalendarDate(asOf)) {
      return fail({ type: 'badRequest', message: 'asOf must be a calendar date, written like 2026-11-23.' });
    }
    if ((await tail(user.space))?.entry.type === 'seal') {
      return fail({ type: 'sealed', message: 'the account is deleted' });
    }
    const { position, ...ledger } = await readLedger(user.space);
    const advice = advise({ ...ledger, asOf, transfersCategoryId });
    return ok({ body: `{"advice":${adviceToJson(advice)},"position":${position}}` });
  };
