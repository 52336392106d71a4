/**
 * What a person said about one insight. A synced record, so that it counts on every device and on the server; of two
 * about the same insight the callers keep the later.
 */
export type Feedback = {
  /** The key of the insight, or `entry:` with an entry's id. */
  readonly insight: string;
  /** One of `FeedbackReason`. What a newer program writes counts as `known`: the card stays away. */
  readonly reason: string;
};

export type FeedbackReason =
  /** The entry is not how this person spends: analyses do not count it. Totals and budgets do. */
  | 'one-off'
  /** As `one-off`, asked for in the evidence of a card. */
  | 'excluded'
  /** What looked like a subscription is none: no bill is foreseen of it. */
  | 'not-a-subscription'
  /** Never tell this again. */
  | 'known'
  /** "Got it": not again until its value has changed by much, that is until its bucket is another. */
  | `seen:${number}`;

/** What all that was said comes to. */
export type Wishes = {
  /** Ids of entries that no analysis counts. */
  readonly excluded: ReadonlySet<string>;
  /** Keys of streams that are no subscriptions. */
  readonly notSubscriptions: ReadonlySet<string>;
  isHidden(key: string, bucket: number): boolean;
};

export const wishesOf = (feedback: Iterable<Feedback>): Wishes => {
  const excluded = new Set<string>();
  const notSubscriptions = new Set<string>();
  const hidden = new Map<string, Set<string>>();
  for (const { insight, reason } of feedback) {
    const subject = insight.slice(insight.indexOf(':') + 1);
    if (reason === 'one-off' || reason === 'excluded') excluded.add(subject);
    if (reason === 'not-a-subscription') notSubscriptions.add(subject);
    hidden.set(insight, (hidden.get(insight) ?? new Set()).add(reason));
  }
  return {
    excluded,
    notSubscriptions,
    isHidden: (key, bucket) => [...(hidden.get(key) ?? [])].some((reason) => hides(reason, bucket)),
  };
};

const hides = (reason: string, bucket: number): boolean =>
  reason.startsWith('seen:') ? reason === `seen:${bucket}` : reason !== 'excluded';
