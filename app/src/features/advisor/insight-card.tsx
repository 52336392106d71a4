import type { Insight } from '@fintrack/advisor-core';
import { dismissalId } from '@fintrack/sync-core/protocol';
import { Link } from 'wouter';
import { Icon } from '../../ui/icon.tsx';
import { gotIt } from './answers.ts';
import { confidenceWords, type InsightContext, wordsOfInsight } from './insight-words.ts';
import { useAnswer } from './use-answer.ts';
import { words } from './words.ts';

type InsightCardProps = {
  insight: Insight;
  context: InsightContext;
  /** The first thing worth telling stands on a ground of its own. */
  isPanel?: boolean;
  /** Says where it was worked out; only its kind where the page says that. */
  label?: (kind: string) => string;
  /** There is a ledger here to keep the answer in. */
  canAnswer: boolean;
};

/** One thing worth telling: the claim, the facts, and the way to the evidence. */
export const InsightCard = ({ insight, context, isPanel = false, label, canAnswer }: InsightCardProps) => {
  const answer = useAnswer();
  const say = wordsOfInsight(insight, context);
  const id = `insight-${dismissalId(insight.key)}`;
  const { reason } = gotIt(insight);
  return (
    <article className={isPanel ? 'advice panel' : 'advice'} aria-labelledby={id}>
      <p className="t-12 ink-3">{label ? label(say.label) : say.label}</p>
      <h2 id={id} className="advice-claim">
        {say.claim}
      </h2>
      <p className="ink-2">
        {say.facts}
        {insight.confidence !== 'certain' && <span className="advice-sure">{confidenceWords[insight.confidence]}</span>}
      </p>
      <p className="advice-do">
        <Link className="act" href={whyHref(insight)} aria-label={words.whyOf(say.claim)}>
          {words.why}
          <Icon name="next" small />
        </Link>
        {canAnswer && (
          <button
            type="button"
            className="act"
            aria-label={words.gotItOf(say.claim)}
            onClick={() => void answer(insight.key, reason, words.hidden(say.claim))}
          >
            {words.gotIt}
          </button>
        )}
      </p>
    </article>
  );
};

/** Keys hold what merchants are called; an address does better with a name of one form. */
export const whyHref = ({ key }: Insight): string => `/advisor/why/${dismissalId(key)}`;
