import type { Advice, Insight } from '@fintrack/advisor-core';
import { useState } from 'react';
import type { AdviceSeen } from '../../model/advice-seen.ts';
import { useLedgerName } from '../../model/services-context.tsx';
import { useAdvice } from '../../model/use-advice.ts';
import { Icon } from '../../ui/icon.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { useTitle } from '../../ui/use-title.ts';
import './advisor.css';
import { AnswerList } from './answer-list.tsx';
import { BudgetAction } from './budget-action.tsx';
import { EvidenceList } from './evidence-list.tsx';
import { findOpened } from './find-opened.ts';
import { confidenceWords, wordsOfInsight } from './insight-words.ts';
import { recordSentence } from './record-sentence.ts';
import { SumSteps } from './sum-steps.tsx';
import { useInsightContext } from './use-insight-context.ts';
import { words } from './words.ts';
import '../../ui/parts.css';

type WhySheetProps = {
  /** Of the insight, as in its address. */
  id: string;
  onClose: () => void;
};

/** The evidence of one card: its sum, its entries, its rule, and what can be answered. */
export const WhySheet = (props: WhySheetProps) => <WhyOfLedger key={useLedgerName()} {...props} />;

const WhyOfLedger = ({ id, onClose }: WhySheetProps) => {
  const seen = useAdvice();
  const advice = adviceOf(seen);
  const [opened, setOpened] = useState<Insight>();
  const current = advice && findOpened(advice.shown, id, opened);
  // As it was at first: what is left out since stays in the list, to be counted again.
  if (current && !opened) setOpened(current);
  if (!advice) return null;
  return (
    <Sheet label={words.why} onClose={onClose}>
      {opened ? (
        <Evidence advice={advice} opened={opened} current={current} isOwn={seen.type === 'here'} onClose={onClose} />
      ) : (
        <>
          <Head label={words.title} onClose={onClose} />
          <p className="claim">{words.gone}</p>
          <p className="ink-2">{words.goneWhy}</p>
        </>
      )}
    </Sheet>
  );
};

const adviceOf = (seen: AdviceSeen): Advice | undefined =>
  seen.type === 'here' || seen.type === 'onServer' ? seen.advice : undefined;

const Head = ({ label, onClose }: { label: string; onClose: () => void }) => (
  <div className="sheet-head">
    <span className="t-13 ink-3">{label}</span>
    <button type="button" className="icon-btn" aria-label={words.close} onClick={onClose}>
      <Icon name="close" />
    </button>
  </div>
);

type EvidenceProps = {
  advice: Advice;
  opened: Insight;
  /** What is told now; nothing where too much was left out. */
  current: Insight | undefined;
  isOwn: boolean;
  onClose: () => void;
};

const Evidence = ({ advice, opened, current, isOwn, onClose }: EvidenceProps) => {
  const context = useInsightContext(advice);
  const insight = current ?? opened;
  const say = wordsOfInsight(insight, context);
  useTitle(say.claim);
  return (
    <>
      <Head label={isOwn ? words.cardLabel(say.label) : words.serverLabel(say.label)} onClose={onClose} />
      <div role="status">
        <h2 className="claim">{say.claim}</h2>
        <p className="ink-2 why-facts">{current ? say.facts : words.goneWithout}</p>
      </div>
      {current && <SumSteps insight={current} context={context} />}
      {isOwn ? (
        <EvidenceList opened={opened} current={current} context={context} />
      ) : (
        <p className="t-13 ink-2 why-note">{words.notHere}</p>
      )}
      <p className="t-12 ink-3 why-note">
        {words.rule(say.rule)} {confidenceWords[insight.confidence]}
      </p>
      {insight.kind === 'forecast-over-budget' && <Record advice={advice} insight={insight} />}
      {current && isOwn && <BudgetAction insight={current} context={context} onDone={onClose} />}
      {isOwn && <AnswerList insight={insight} claim={say.claim} onAnswered={onClose} />}
    </>
  );
};

const Record = ({ advice, insight: { subject, money } }: { advice: Advice; insight: Insight }) => {
  const { format } = useInsightContext(advice);
  const forecast = advice.forecasts.find(
    ({ of, currency }) =>
      subject.type === 'budget' &&
      of.type === 'category' &&
      of.categoryId === subject.categoryId &&
      currency === money.currency,
  );
  return forecast ? <p className="t-12 ink-3">{recordSentence(forecast.record, format)}</p> : null;
};
