import type { BudgetCheck } from '@fintrack/advisor-core';
import { useFormat } from '../../ui/format-context.tsx';
import type { MonthView } from './month-view.ts';
import { words } from './words.ts';

/** A budget in words. Foreign budgets carry their currency; one that a bill uses up has no pace and no rest a day. */
export const useBudgetWords = (check: BudgetCheck, view: MonthView) => {
  const format = useFormat();
  const amount = (minor: number) =>
    check.currency === view.currency ? format.amount(minor, check.currency) : format.money(minor, check.currency);
  const isOver = check.state === 'over';
  const isBill = view.pace?.billCategoryIds.includes(check.categoryId) === true;
  const spentOf = words.spentOf(amount(check.spentMinor), amount(check.amountMinor));
  return {
    spent: amount(check.spentMinor),
    left: isOver ? words.amountOver(amount(-check.leftMinor)) : words.amountLeft(amount(check.leftMinor)),
    leftShort: isOver ? words.amountOver(amount(-check.leftMinor)) : amount(check.leftMinor),
    spentOf,
    detail: check.state === 'above-pace' && !isBill ? words.abovePace(amount(check.abovePaceMinor)) : spentOf,
    perDay: isOver || isBill || check.daysLeft === 0 ? '' : words.aDay(amount(check.leftPerDayMinor)),
  };
};
