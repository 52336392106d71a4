import type { Advice } from '@fintrack/advisor-core';
import { useQuery } from '@tanstack/react-query';
import { advisedEntriesQuery, dismissalsQuery } from '../../model/advisor-queries.ts';
import { useServices } from '../../model/services-context.tsx';
import { answeredNames } from './answered-names.ts';
import { answerText } from './answers.ts';
import type { InsightContext } from './insight-words.ts';
import { useAnswer } from './use-answer.ts';
import { words } from './words.ts';

/** What was said of cards and entries, each to be taken back. */
export const AnsweredSection = ({ advice, context }: { advice: Advice; context: InsightContext }) => {
  const services = useServices();
  const answer = useAnswer();
  const { data: dismissals = [] } = useQuery(dismissalsQuery(services.ledger));
  const insights = dismissals.map(({ insight }) => insight);
  const names = answeredNames(insights);
  const ids = [...new Set(names.flatMap(({ tail }) => (tail === '' ? [] : [tail])))].sort();
  const { data: entries } = useQuery({ ...advisedEntriesQuery(services, ids), enabled: ids.length > 0 });
  if (dismissals.length === 0) return null;
  const titles = new Map(entries?.ok ? entries.value.map(({ id, title }) => [id, title || words.untitled]) : []);
  const budgets = new Map(advice.month.budgets.map(({ budgetId, categoryId }) => [budgetId, categoryId]));
  const nameOf = ({ label, tail }: (typeof names)[number]): string => {
    const name = titles.get(tail) ?? categoryOf(budgets.get(tail) ?? tail, context);
    return name === undefined ? label : `${label}, ${name}`;
  };
  return (
    <section className="sect">
      <details className="answered">
        <summary>
          {words.answered} <span className="ink-3">{context.format.count(dismissals.length)}</span>
        </summary>
        <p className="t-13 ink-2">{words.answeredWhy}</p>
        <ul className="rows">
          {dismissals.map(({ insight, reason }, index) => {
            const name = names[index] ? nameOf(names[index]) : insight;
            return (
              <li key={insight} className="answered-row">
                <span className="break">
                  {name}
                  <span className="sub">{answerText(reason)}</span>
                </span>
                <button
                  type="button"
                  className="act"
                  aria-label={words.bringBackOf(name)}
                  onClick={() => void answer(insight, null, words.takenBack)}
                >
                  {words.bringBack}
                </button>
              </li>
            );
          })}
        </ul>
      </details>
    </section>
  );
};

const categoryOf = (id: string, { categoryName }: InsightContext): string | undefined => {
  const name = categoryName(id);
  return name === words.goneCategory ? undefined : name;
};
