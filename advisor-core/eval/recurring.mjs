import { dateToDayNumber, dayNumberToDate } from '@fintrack/sync-core/protocol/calendar-date';
import { merchantKey } from '../src/merchant.ts';
import { recurringByGroup } from '../src/patterns/recurring.ts';
import { ruleOf } from '../src/patterns/recurring-cadence.ts';
import { nextDay } from '../src/patterns/recurring-next.ts';

const cadenceNames = {
  'two-weekly': 'biweekly',
  'two-monthly': 'bimonthly',
  'half-yearly': 'semiannual',
  yearly: 'annual',
};
/** Ids of the rows are numbers; as text of one length they keep their order. */
const idOf = (row) => String(row.id).padStart(12, '0');

/** Part (a): rows of one ledger to streams, as at the last row's day. */
export const recurring = (rows) => {
  const byId = new Map(rows.map((row) => [idOf(row), row]));
  const asOfDay = Math.max(...rows.map((row) => dateToDayNumber(row.date)));
  const kinds = [...new Set(rows.map((row) => row.kind))];
  return kinds.flatMap((kind) => {
    const postings = rows.filter((row) => row.kind === kind).map(postingOf);
    return recurringByGroup(postings, asOfDay).map((stream) => ({
      ...stream,
      cadence: cadenceNames[stream.cadence] ?? stream.cadence,
      txIds: stream.evidence.map((id) => byId.get(id).id),
    }));
  });
};

/** The next date of a monthly stream, from its dates so far; the last twelve are read. */
export const nextMonthlyDate = (dates) => dayNumberToDate(nextDay(dates.map(dateToDayNumber), ruleOf('monthly')).day);

const postingOf = (row) => {
  const title = row.key ?? row.description;
  return {
    id: idOf(row),
    day: dateToDayNumber(row.date),
    amountMinor: row.amount,
    title,
    merchant: merchantKey(title),
    categoryId: null,
  };
};
