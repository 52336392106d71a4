import type { Insight } from '@fintrack/advisor-core';
import { useQuery } from '@tanstack/react-query';
import { advisedEntriesQuery } from '../../model/advisor-queries.ts';
import { useServices } from '../../model/services-context.tsx';
import { type InsightContext, moneyText } from './insight-words.ts';
import { sumLines } from './sum-lines.ts';
import { words } from './words.ts';

/** The arithmetic, written down as a sum. */
export const SumSteps = ({ insight, context }: { insight: Insight; context: InsightContext }) => {
  const services = useServices();
  const ids = insight.arithmetic.flatMap((step) => (step.step === 'entry' ? [step.id] : []));
  const { data: entries } = useQuery({ ...advisedEntriesQuery(services, ids), enabled: ids.length > 0 });
  const titles = new Map(
    entries?.ok
      ? entries.value.map(({ id, title, date }) => [
          id,
          words.entryOfDay(title || words.untitled, context.format.shortDay(date)),
        ])
      : [],
  );
  const lines = sumLines(insight, {
    amount: (minor) => moneyText(minor, insight.money.currency, context),
    percent: (share) => context.format.percent(share),
    entryTitle: (id) => titles.get(id) ?? words.untitled,
  });
  return (
    <>
      <h3 className="t-13 why-head">{words.howItAddsUp}</h3>
      <ol className="steps">
        {lines.map(({ text, minor, isResult }, index) => (
          <li key={`${index} ${text}`} className={isResult ? 'result' : undefined}>
            <span>{text}</span>
            <span className="n">{moneyText(minor, insight.money.currency, context)}</span>
          </li>
        ))}
      </ol>
    </>
  );
};
