import type { Advice } from '@fintrack/advisor-core';
import { useSyncStatus } from '../../model/services-context.tsx';
import type { AdviceSeen } from '../../model/advice-seen.ts';
import { useAdvice } from '../../model/use-advice.ts';
import { useNow } from '../../model/use-now.ts';
import { useFormat } from '../../ui/format-context.tsx';
import { Opening } from '../../ui/opening.tsx';
import { StateLink } from '../../ui/state-link.tsx';
import { useTitle } from '../../ui/use-title.ts';
import './advisor.css';
import { AnsweredSection } from './answered-section.tsx';
import { ForecastSection } from './forecast-section.tsx';
import { InsightCard } from './insight-card.tsx';
import { UpcomingSection } from './upcoming-section.tsx';
import { useInsightContext } from './use-insight-context.ts';
import { words } from './words.ts';

/** What the advisor has to tell, and what it expects. */
export const AdvisorScreen = () => {
  const status = useSyncStatus();
  const now = useNow();
  const seen = useAdvice();
  useTitle(words.title);
  if (seen.type === 'working') return <Opening />;
  return (
    <div className="page scrolls advisor-page">
      <header className="top">
        <h1>{words.title}</h1>
        <StateLink status={status} now={now} />
      </header>
      <main id="main">
        {seen.type === 'failed' && <Failed seen={seen} />}
        {seen.type === 'notYet' && <p className="wrap ink-2">{words.notYet}</p>}
        {(seen.type === 'here' || seen.type === 'onServer') && (
          <Told advice={seen.advice} isOwn={seen.type === 'here'} />
        )}
      </main>
    </div>
  );
};

const Failed = ({ seen: { error, retry } }: { seen: Extract<AdviceSeen, { type: 'failed' }> }) => (
  <section className="wrap" role="alert">
    <h2 className="claim">{words.failed}</h2>
    <p className="ink-2">{error.type === 'closed' ? words.failedClosed : words.failedWhy}</p>
    {error.type !== 'closed' && <p className="t-12 ink-3 break">{error.why}</p>}
    <p className="btn-row">
      <button type="button" className="btn" onClick={retry}>
        {words.again}
      </button>
    </p>
  </section>
);

const Told = ({ advice, isOwn }: { advice: Advice; isOwn: boolean }) => {
  const format = useFormat();
  const context = useInsightContext(advice);
  const { shown, entryCount, isTentative, heldBack } = advice;
  return (
    <div className="advisor">
      <section className="wrap" aria-label={words.title}>
        <p className="t-13 ink-2">
          {isOwn ? words.workedFrom(entryCount, format.count(entryCount)) : words.fromServer}
        </p>
        {isTentative && entryCount > 0 && (
          <p className="t-13 warn">{words.tentative(entryCount, format.count(entryCount))}</p>
        )}
        {shown.length === 0 && <NothingToTell isEmpty={entryCount === 0} />}
        {shown.map((insight, index) => (
          <InsightCard key={insight.key} insight={insight} context={context} isPanel={index === 0} canAnswer={isOwn} />
        ))}
        {heldBack > 0 && <p className="t-13 ink-3 advice-note">{words.heldBack(heldBack, format.count(heldBack))}</p>}
      </section>
      <div className="advisor-side">
        <UpcomingSection advice={advice} kind="expense" context={context} />
        <UpcomingSection advice={advice} kind="income" context={context} />
        <ForecastSection advice={advice} context={context} />
        {isOwn && <AnsweredSection advice={advice} context={context} />}
        <LeftOut advice={advice} />
      </div>
    </div>
  );
};

const NothingToTell = ({ isEmpty }: { isEmpty: boolean }) => (
  <>
    <h2 className="claim advice-note">{isEmpty ? words.empty : words.nothing}</h2>
    <p className="ink-2">{isEmpty ? words.emptyWhy : words.nothingWhy}</p>
  </>
);

/** Nothing is left out in silence. */
const LeftOut = ({ advice: { leftOut, leftOutCount, tooLarge } }: { advice: Advice }) => {
  const format = useFormat();
  if (leftOut.length === 0 && tooLarge.length === 0) return null;
  return (
    <section className="sect">
      {leftOut.length > 0 && (
        <>
          <h2 className="t-17">{words.leftOut(leftOutCount, format.count(leftOutCount))}</h2>
          <ul className="t-13 ink-2">
            {leftOut.map(({ id, problem }) => (
              <li key={`${problem} ${id}`} className="break">
                {id}: {words.leftOutWhy[problem]}
              </li>
            ))}
            {leftOutCount > leftOut.length && <li>{words.leftOutMore(format.count(leftOutCount - leftOut.length))}</li>}
          </ul>
        </>
      )}
      {tooLarge.length > 0 && <p className="t-13 ink-2">{words.tooLarge(tooLarge.join(', '))}</p>}
    </section>
  );
};
