import type { Advice } from '@fintrack/advisor-core';
import { useEffect, useState } from 'react';
import { useAdvice } from '../../model/use-advice.ts';
import './advisor.css';
import { InsightCard } from './insight-card.tsx';
import { UpcomingSection } from './upcoming-section.tsx';
import { useInsightContext } from './use-insight-context.ts';
import { words } from './words.ts';

/** Bills that fit on the month's page beside everything else. */
const billsMax = 4;

/** On the month's page: the bills to come, and the one thing most worth telling. Nothing while there is none. */
export const MonthAdvice = () => (useIsIdle() ? <WhenWorkedOut /> : null);

/** Reading a long ledger is work: the month is on the screen first. */
const useIsIdle = (): boolean => {
  const [isIdle, setIdle] = useState(false);
  useEffect(() => {
    const ask = globalThis.requestIdleCallback ?? ((run: () => void) => setTimeout(run, idleMsMax));
    const forget = globalThis.cancelIdleCallback ?? clearTimeout;
    const asked = ask(() => setIdle(true), { timeout: idleMsMax });
    return () => forget(asked);
  }, []);
  return isIdle;
};

const idleMsMax = 1500;

const WhenWorkedOut = () => {
  const seen = useAdvice();
  return seen.type === 'here' ? <Shown advice={seen.advice} /> : null;
};

const Shown = ({ advice }: { advice: Advice }) => {
  const context = useInsightContext(advice);
  const [first] = advice.shown;
  return (
    <>
      <UpcomingSection advice={advice} kind="expense" context={context} limit={billsMax} />
      {first && (
        <section className="sect" aria-label={words.title}>
          <InsightCard insight={first} context={context} label={words.cardLabel} isPanel canAnswer />
        </section>
      )}
    </>
  );
};
