import type { BudgetCheck } from '@fintrack/advisor-core';
import { useFormat } from '../../ui/format-context.tsx';
import { words } from './words.ts';

/** A budget in words. Foreign budgets carry their currency. */
export const useBudgetWords = (check: BudgetCheck, homeCurrency: string) => {
  const format = useFormat();
  const amount = (minor: number) =>
    check.currency === homeCurrency ? format.amount(minor, check.currency) : format.money(minor, check.currency);
  const isOver = check.state === 'over';
  const spentOf = words.spentOf(amount(check.spentMinor), amount(check.amountMinor));
  return {
    spent: amount(check.spentMinor),
    left: isOver ? words.amountOver(amount(-check.leftMinor)) : words.amountLeft(amount(check.leftMinor)),
    leftShort: isOver ? words.amountOver(amount(-check.leftMinor)) : amount(check.leftMinor),
    spentOf,
    detail: check.state === 'above-pace' ? words.abovePace(amount(check.abovePaceMinor)) : spentOf,
    perDay: isOver || check.daysLeft === 0 ? '' : words.aDay(amount(check.leftPerDayMinor)),
  };
};
