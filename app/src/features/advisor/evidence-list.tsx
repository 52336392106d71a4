import type { Insight } from '@fintrack/advisor-core';
import { useQuery } from '@tanstack/react-query';
import { Fragment } from 'react';
import { Link } from 'wouter';
import type { AdvisedEntry } from '../../model/advisor.ts';
import { advisedEntriesQuery, dismissalsQuery } from '../../model/advisor-queries.ts';
import { useServices } from '../../model/services-context.tsx';
import { entryInsight } from './answers.ts';
import { type InsightContext, moneyText } from './insight-words.ts';
import { useAnswer } from './use-answer.ts';
import { words } from './words.ts';

type EvidenceListProps = {
  /** As it was when the drawer was opened: what was left out since is still listed. */
  opened: Insight;
  current: Insight | undefined;
  context: InsightContext;
};

/** The entries that were counted, newest first. Leaving one out works everything out anew, at once. */
export const EvidenceList = ({ opened, current, context }: EvidenceListProps) => {
  const services = useServices();
  const ids = [...new Set([...opened.evidence, ...(current?.evidence ?? [])])];
  const { data: entries } = useQuery({ ...advisedEntriesQuery(services, ids), enabled: ids.length > 0 });
  const { data: dismissals = [] } = useQuery(dismissalsQuery(services.ledger));
  if (!entries?.ok || entries.value.length === 0) return null;
  const said = new Map(dismissals.map(({ insight, reason }) => [insight, reason]));
  const isLeftOut = ({ id }: AdvisedEntry) => said.get(entryInsight(id)) === 'excluded';
  const listed = entries.value.toSorted((a, b) => (a.date < b.date ? 1 : a.date > b.date ? -1 : 0));
  const used = listed.filter((entry) => !isLeftOut(entry)).length;
  const canLeaveOut = !opened.kind.startsWith('budget-');
  const count = (of: number) => context.format.count(of);
  return (
    <>
      <div className="why-entries">
        <h3 className="t-13">
          {used === listed.length
            ? words.entriesUsed(count(used))
            : words.entriesUsedOf(count(used), count(listed.length))}
        </h3>
        <span className="t-13 ink-3">{canLeaveOut ? words.untick : words.budgetsCountAll}</span>
      </div>
      <ul>
        {listed.map((entry, index) => (
          <Fragment key={entry.id}>
            {yearOf(entry.date) !== yearOf(listed[index - 1]?.date ?? context.today) && (
              <li className="ev-year">{yearOf(entry.date)}</li>
            )}
            <EvidenceRow entry={entry} context={context} isLeftOut={isLeftOut(entry)} canLeaveOut={canLeaveOut} />
          </Fragment>
        ))}
      </ul>
    </>
  );
};

/** Of days in it only the year that it is now goes without saying. */
const yearOf = (date: string): string => date.slice(0, 4);

type EvidenceRowProps = {
  entry: AdvisedEntry;
  context: InsightContext;
  isLeftOut: boolean;
  canLeaveOut: boolean;
};

const EvidenceRow = ({ entry, context, isLeftOut, canLeaveOut }: EvidenceRowProps) => {
  const answer = useAnswer();
  const { format } = context;
  const title = entry.title || words.untitled;
  const day = format.shortDay(entry.date);
  const toggle = () =>
    isLeftOut
      ? answer(entryInsight(entry.id), null, words.counted(title))
      : answer(entryInsight(entry.id), 'excluded', words.excluded(title));
  return (
    <li className={isLeftOut ? 'ev off' : 'ev'}>
      {canLeaveOut && (
        <input
          type="checkbox"
          className="check"
          checked={!isLeftOut}
          aria-label={words.leaveOut(title, format.fullDay(entry.date))}
          onChange={() => void toggle()}
        />
      )}
      <span className="when">{day}</span>
      <span>
        <Link className="what break" href={`/entry/${entry.kind}/${entry.id}`}>
          {title}
        </Link>
        {isLeftOut && <em>{words.leftOutByYou}</em>}
      </span>
      <span className="n">{moneyText(entry.amountMinor, entry.currency, context)}</span>
    </li>
  );
};
