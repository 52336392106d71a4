import type { Insight } from '@fintrack/advisor-core';
import type { CalendarMonth } from '@fintrack/sync-core/protocol';
import { useQuery } from '@tanstack/react-query';
import type { Budget } from '../../model/ledger.ts';
import { editableBudgetsQuery } from '../../model/ledger-queries.ts';
import { useServices } from '../../model/services-context.tsx';
import { saveErrorSentence } from '../../ui/save-error-words.ts';
import { useToast } from '../../ui/toast.tsx';
import { type InsightContext, moneyText } from './insight-words.ts';
import { words } from './words.ts';

type BudgetActionProps = { insight: Insight; context: InsightContext; onDone: () => void };

/** Sets the budget that the card suggests, in one press; undone in one. */
export const BudgetAction = (props: BudgetActionProps) => {
  const { action, subject } = props.insight;
  if (action.type !== 'set-budget' && action.type !== 'add-budget') return null;
  if (subject.type !== 'budget' && subject.type !== 'category') return null;
  if (subject.categoryId === null) return null;
  const { categoryId, month } = subject;
  return <SetBudget {...props} {...{ categoryId, month, money: action.money, isNew: action.type === 'add-budget' }} />;
};

type SetBudgetProps = BudgetActionProps & {
  categoryId: string;
  month: CalendarMonth;
  money: Insight['money'];
  isNew: boolean;
};

const SetBudget = ({ context, onDone, categoryId, month, money, isNew }: SetBudgetProps) => {
  const { ledger } = useServices();
  const toast = useToast();
  const { data: budgets } = useQuery(editableBudgetsQuery(ledger, month));
  if (!budgets) return null;
  const before = budgets.find((each) => each.categoryId === categoryId && each.currency === money.currency);
  const text = moneyText(money.minor, money.currency, context);
  const set = (amountMinor: number, seen: Budget | undefined) =>
    ledger.setBudget({ categoryId, month, amountMinor, currency: money.currency, ...(seen ? { before: seen } : {}) });
  const undo = async () => {
    const now = (await ledger.editableBudgets(month)).find(
      (each) => each.categoryId === categoryId && each.currency === money.currency,
    );
    if (!now) return;
    const undone = before ? await set(before.amountMinor, now) : await ledger.removeBudget(now);
    toast({ text: undone.ok ? words.takenBack : saveErrorSentence(undone.error) });
  };
  const take = async () => {
    const saved = await set(money.minor, before);
    if (!saved.ok) return toast({ text: saveErrorSentence(saved.error) });
    toast({
      text: words.budgetSet(context.categoryName(categoryId), text),
      action: { label: words.undo, run: () => void undo() },
    });
    return onDone();
  };
  return (
    <p className="why-act">
      <button type="button" className="btn btn-main btn-wide" onClick={() => void take()}>
        {isNew ? words.addBudget(text) : words.setBudget(text)}
      </button>
    </p>
  );
};
