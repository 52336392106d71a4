import {
  type CalendarDate,
  type CalendarMonth,
  dayOfMonth,
  daysInCalendarMonth,
  monthOf,
  ok,
} from '@fintrack/sync-core/protocol';
import { useRef, useState } from 'react';
import { useBook } from '../../model/book-context.tsx';
import { useServices, useToday } from '../../model/services-context.tsx';
import type { Budget, Category } from '../../model/ledger.ts';
import { decimalMarkOf } from '../../model/typed-amount.ts';
import { Bar } from '../../ui/bar.tsx';
import { Field } from '../../ui/field.tsx';
import { useFormat } from '../../ui/format-context.tsx';
import { Mark } from '../../ui/mark.tsx';
import { saveErrorSentence } from '../../ui/save-error-words.ts';
import type { BudgetLine } from './budget-line.ts';
import { readBudget } from './read-budget.ts';
import { SuggestedBudget } from './suggested-budget.tsx';
import { words } from './words.ts';

type BudgetRowProps = { line: BudgetLine; month: CalendarMonth; previous: CalendarMonth };

export const BudgetRow = ({ line, month, previous }: BudgetRowProps) => {
  const { category, budget, lastMinor, spentMinor, suggestion } = line;
  const today = useToday();
  const { currency } = useBook().profile;
  const format = useFormat();
  const amount = (minor: number) => format.amount(minor, currency);
  const saved = budget ? amount(budget.amountMinor) : '';
  // Null: nothing typed over what is saved.
  const [typed, setTyped] = useState<string | null>(null);
  const [isTyping, setTyping] = useState(false);
  const [seen, setSeen] = useState(saved);
  if (seen !== saved) {
    setSeen(saved);
    // Another device's budget must not take away what is being typed here.
    if (!isTyping) setTyped(null);
  }
  const text = typed ?? saved;
  const ghost = lastMinor ?? suggestion?.amountMinor;
  // The budget that was typed over: another device's may come in while the field is open.
  const before = useRef<{ readonly budget: Budget | undefined }>(undefined);
  const { problem, save, clearProblem } = useSaveBudget(category, month);
  const leave = async () => {
    if (typed === null || typed === saved) return clearProblem();
    // What was typed stays until the ledger says the same: the old budget must not flash up in between.
    const outcome = await save(typed, before.current ? before.current.budget : budget);
    if (outcome !== 'failed') before.current = undefined;
    if (outcome === 'unchanged') setTyped(null);
  };
  const sub = [
    spentMinor === 0 && !budget ? '' : words.spentSoFar(amount(spentMinor)),
    lastMinor === undefined || budget ? '' : words.lastMonth(amount(lastMinor), format.nearMonth(previous, today)),
  ];
  return (
    <li className="budget-line">
      <span className="name">
        <Mark hue={category.hue} />
        <span>
          {category.name}
          <span className="sub">{sub.filter((part) => part !== '').join(', ')}</span>
        </span>
      </span>
      <LeftWords line={line} />
      <Field label={words.amountFor(category.name)} isLabelHidden error={problem}>
        {(wiring) => (
          <input
            {...wiring}
            className="input n"
            inputMode="decimal"
            autoComplete="off"
            value={text}
            placeholder={ghost === undefined ? words.none : amount(ghost)}
            onFocus={(event) => {
              setTyping(true);
              event.currentTarget.select();
            }}
            onChange={(event) => {
              before.current ??= { budget };
              setTyped(event.target.value);
              clearProblem();
            }}
            onBlur={() => {
              setTyping(false);
              void leave();
            }}
            onKeyDown={(event) => {
              if (event.key === 'Enter') event.currentTarget.blur();
              if (event.key === 'Escape') {
                before.current = undefined;
                setTyped(null);
              }
            }}
          />
        )}
      </Field>
      {suggestion && <SuggestedBudget category={category} suggestion={suggestion} month={month} />}
      {budget && (
        <Bar
          hue={category.hue}
          spentMinor={spentMinor}
          budgetMinor={budget.amountMinor}
          todayShare={shareOfToday(month, today)}
        />
      )}
    </li>
  );
};

const LeftWords = ({ line: { budget, spentMinor } }: { line: BudgetLine }) => {
  const { currency } = useBook().profile;
  const format = useFormat();
  if (!budget) return <span className="left" />;
  const left = budget.amountMinor - spentMinor;
  return left < 0 ? (
    <span className="left n bad medium">{words.over(format.amount(-left, currency))}</span>
  ) : (
    <span className="left n ink-2">{words.leftOf(format.amount(left, currency))}</span>
  );
};

const shareOfToday = (month: CalendarMonth, today: CalendarDate): number | undefined =>
  monthOf(today) === month ? dayOfMonth(today) / daysInCalendarMonth(month) : undefined;

/** Saves what differs from the ledger. What cannot be read or kept stays typed, with a sentence. */
const useSaveBudget = (category: Category, month: CalendarMonth) => {
  const { ledger } = useServices();
  const { currency } = useBook().profile;
  const { locale } = useFormat();
  const [problem, setProblem] = useState<string>();
  const save = async (text: string, before: Budget | undefined): Promise<'changed' | 'unchanged' | 'failed'> => {
    const read = readBudget(text, currency, decimalMarkOf(locale));
    if (!read.ok) {
      setProblem(read.error.type === 'negative' ? words.negative : words[read.error.type](text.trim()));
      return 'failed';
    }
    setProblem(undefined);
    if (read.value === (before?.amountMinor ?? null)) return 'unchanged';
    const saved = await write(read.value, before);
    if (!saved.ok) setProblem(saveErrorSentence(saved.error));
    return saved.ok ? 'changed' : 'failed';
  };
  const write = async (amountMinor: number | null, before: Budget | undefined) => {
    if (amountMinor === null) return before ? ledger.removeBudget(before) : ok(null);
    return ledger.setBudget({ categoryId: category.id, month, amountMinor, currency, ...(before ? { before } : {}) });
  };
  return { problem, save, clearProblem: () => setProblem(undefined) };
};
