import type { FeedbackReason, Insight } from '@fintrack/advisor-core';

export type Answer = { readonly reason: FeedbackReason; readonly text: string; readonly meaning: string };

/** "Got it": until the amount is another by much. */
export const gotIt = ({ bucket }: Insight): Answer => ({
  reason: `seen:${bucket}`,
  text: 'Got it',
  meaning: 'Hide until the amount changes',
});

/** What a person may answer to a card, and what each answer does. */
export const answersTo = (insight: Insight): readonly Answer[] => [
  gotIt(insight),
  ...(insight.kind === 'unusual-amount' ? [oneOff] : []),
  ...(insight.subject.type === 'stream' ? [notASubscription] : []),
  { reason: 'known', text: 'I know', meaning: 'Never tell this again' },
];

const oneOff: Answer = {
  reason: 'one-off',
  text: 'One-off',
  meaning: 'Leave it out of what is usual',
};

const notASubscription: Answer = {
  reason: 'not-a-subscription',
  text: 'Not a subscription',
  meaning: 'Stop expecting it',
};

/** What an answer that was given is called, in the list of them. */
export const answerText = (reason: string): string => {
  if (reason.startsWith('seen:')) return 'Got it, until the amount changes';
  return (
    { 'one-off': 'One-off', excluded: 'Left out', 'not-a-subscription': 'Not a subscription', known: 'I know' }[
      reason
    ] ?? 'Answered by a newer version of the app'
  );
};

/** Left out of analyses by name: of an entry. */
export const entryInsight = (entryId: string): string => `entry:${entryId}`;
