import { addMonths, isCalendarMonth, monthOf } from '@fintrack/sync-core/protocol';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link, useSearch } from 'wouter';
import { useBook } from '../../model/book-context.tsx';
import { budgetsToCopy, copyBudgets } from '../../model/copy-budgets.ts';
import { advisedMonthQuery, budgetsQuery, editableBudgetsQuery } from '../../model/ledger-queries.ts';
import { useServices, useSyncStatus, useToday } from '../../model/services-context.tsx';
import { useAdvice } from '../../model/use-advice.ts';
import { useNow } from '../../model/use-now.ts';
import { useFormat } from '../../ui/format-context.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Opening } from '../../ui/opening.tsx';
import { saveErrorSentence } from '../../ui/save-error-words.ts';
import { StateLink } from '../../ui/state-link.tsx';
import { useToast } from '../../ui/toast.tsx';
import { useTitle } from '../../ui/use-title.ts';
import { type BudgetLine, budgetLines } from './budget-line.ts';
import { BudgetRow } from './budget-row.tsx';
import './budgets.css';
import { TakeAll } from './suggested-budget.tsx';
import { words } from './words.ts';

/** The month's budgets, one field a category, each saved as it is left. */
export const BudgetsScreen = () => {
  const { ledger } = useServices();
  const today = useToday();
  const { profile, categories } = useBook();
  const status = useSyncStatus();
  const now = useNow();
  const format = useFormat();
  const asked = new URLSearchParams(useSearch()).get('month') ?? '';
  const month = isCalendarMonth(asked) ? asked : monthOf(today);
  const previous = addMonths(month, -1);
  const { data } = useQuery({ ...advisedMonthQuery(ledger, month, today), placeholderData: keepPreviousData });
  const { data: current } = useQuery({ ...editableBudgetsQuery(ledger, month), placeholderData: keepPreviousData });
  const { data: before = [] } = useQuery(budgetsQuery(ledger, previous));
  const advised = useAdvice();
  useTitle(words.title);
  if (!data || !current) return <Opening />;

  const { currency } = profile;
  // What is over is over: budgets are suggested for months that can still be kept.
  const suggestions = advised.type === 'here' && month >= monthOf(today) ? advised.advice.suggestions : [];
  const lines = budgetLines(categories, data.advice, current, before, currency, suggestions);
  const name = format.nearMonth(month, today);
  return (
    <div className="page scrolls budgets">
      <header className="top">
        <h1>{words.title}</h1>
        <StateLink status={status} now={now} />
      </header>
      <main id="main" className="wrap">
        <div className="month-switch">
          <Link
            className="icon-btn"
            href={`/budgets?month=${previous}`}
            aria-label={words.goTo(format.month(previous))}
          >
            <Icon name="previous" />
          </Link>
          <h2 className="t-17">{name}</h2>
          <Link
            className="icon-btn"
            href={`/budgets?month=${addMonths(month, 1)}`}
            aria-label={words.goTo(format.month(addMonths(month, 1)))}
          >
            <Icon name="next" />
          </Link>
        </div>
        <Plan
          lines={lines}
          incomeMinor={data.advice.totals.find((each) => each.currency === currency)?.incomeMinor ?? 0}
        />
        <p className="btn-row copy-last">
          <CopyLast month={month} current={current} previous={before} />
          <TakeAll suggestions={lines.flatMap(({ suggestion }) => suggestion ?? [])} month={month} />
        </p>
        <ul className="rows budget-list">
          {lines.map((line) => (
            <BudgetRow key={`${month} ${line.category.id}`} line={line} month={month} previous={previous} />
          ))}
        </ul>
      </main>
    </div>
  );
};

/** What the budgets come to, against what came in. */
const Plan = ({ lines, incomeMinor }: { lines: readonly BudgetLine[]; incomeMinor: number }) => {
  const { currency } = useBook().profile;
  const format = useFormat();
  const budgetedMinor = lines.reduce((sum, line) => sum + (line.budget?.amountMinor ?? 0), 0);
  if (budgetedMinor === 0) return <p className="ink-2">{words.lead}</p>;
  const amount = (minor: number) => format.amount(minor, currency);
  if (incomeMinor === 0) return <p className="ink-2">{words.budgeted(amount(budgetedMinor))}</p>;
  const rest = incomeMinor - budgetedMinor;
  return (
    <p className="ink-2">
      {rest >= 0
        ? words.plan(amount(incomeMinor), amount(budgetedMinor), amount(rest))
        : words.planOver(amount(incomeMinor), amount(budgetedMinor), amount(-rest))}
    </p>
  );
};

type CopyLastProps = {
  month: string;
  current: Parameters<typeof budgetsToCopy>[1];
  previous: Parameters<typeof budgetsToCopy>[0];
};

const CopyLast = ({ month, current, previous }: CopyLastProps) => {
  const { ledger } = useServices();
  const today = useToday();
  const { currency } = useBook().profile;
  const format = useFormat();
  const toast = useToast();
  const copied = budgetsToCopy(previous, current);
  if (copied.length === 0) return null;
  const name = format.nearMonth(addMonths(month, -1), today);
  const sumMinor = copied.reduce((sum, budget) => sum + (budget.currency === currency ? budget.amountMinor : 0), 0);
  const copy = async () => {
    const saved = await copyBudgets(ledger, copied, month);
    toast({ text: saved.ok ? words.copied(name, copied.length) : saveErrorSentence(saved.error) });
  };
  return (
    <button type="button" className="btn" onClick={() => void copy()}>
      {words.copy(name, format.amount(sumMinor, currency))}
    </button>
  );
};
