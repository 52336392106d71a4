import { kindLabels } from './insight-words.ts';
import { answerText } from './answers.ts';

export type AnsweredName = {
  /** What kind of thing was answered. */
  readonly label: string;
  /** The id that the key ends with: of an entry, a category or a budget; of a stream, its first entry's. */
  readonly tail: string;
};

/** What the keys of answered insights can be called by without the insights, which are hidden. */
export const answeredNames = (insights: readonly string[]): readonly AnsweredName[] =>
  insights.map((insight) => {
    const kind = insight.slice(0, insight.indexOf(':'));
    const label = kind === 'entry' ? answerText('excluded') : (labels[kind] ?? kind);
    return { label, tail: insight.split(/[:|.]/).at(-1) ?? '' };
  });

const labels: Readonly<Record<string, string>> = kindLabels;
