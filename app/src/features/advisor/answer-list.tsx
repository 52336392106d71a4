import type { Insight } from '@fintrack/advisor-core';
import { answersTo } from './answers.ts';
import { useAnswer } from './use-answer.ts';
import { words } from './words.ts';

type AnswerListProps = { insight: Insight; claim: string; onAnswered: () => void };

/** What can be said of a card, each with what it does. */
export const AnswerList = ({ insight, claim, onAnswered }: AnswerListProps) => {
  const answer = useAnswer();
  return (
    <ul className="choose" aria-label={words.answer}>
      {answersTo(insight).map(({ reason, text, meaning }) => (
        <li key={reason}>
          <button
            type="button"
            onClick={() =>
              void answer(insight.key, reason, words.answeredWith(text, claim)).then((done) => done && onAnswered())
            }
          >
            <span>{text}</span>
            <span>{meaning}</span>
          </button>
        </li>
      ))}
    </ul>
  );
};
