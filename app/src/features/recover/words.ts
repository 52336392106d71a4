import type { HistoryEvent, Undone } from '../../model/history.ts';

export const words = {
  changes: 'Recent changes',
  changesLead: 'Whatever was done can be taken back: here, after a restart, and from another device.',
  deleted: 'Recently deleted',
  deletedCount: (text: string) => text,
  nothingDeleted: 'Nothing is deleted.',
  changed: 'Lately',
  nothingChanged: 'Nothing was changed yet.',
  deletedAt: (ago: string, author: string) => `Deleted ${ago} on ${author}`,
  by: (what: string, ago: string, author: string) => `${what}, ${ago} on ${author}`,
  waits: 'waiting to back up',
  restore: 'Restore',
  restoreNamed: (title: string) => `Restore ${title}`,
  undo: 'Undo',
  undoNamed: (what: string, title: string) => `Undo: ${what}, ${title}`,
  history: 'History',
  historyOf: (title: string) => `History of ${title}`,
  anEntry: 'this entry',
  more: 'Show more',
  restored: (title: string) => `${title} is back`,
  untitled: 'No description',

  close: 'Close',
  now: 'As it is now',
  isDeleted: 'This entry is deleted. Any version below brings it back.',
  restoreVersion: 'Restore this version',
  restoreVersionOf: (time: string) => `Restore this version, of ${time}`,
  versionRestored: 'That version is back. What stood before is in the history too.',
  isCurrent: 'as it is now',
  fromTo: (group: string, before: string, after: string) => `${group}: ${before} to ${after}`,
  setTo: (group: string, after: string) => `${group}: ${after}`,
  lost: (group: string, value: string) => `${group} ${value} lost to a later value, and is kept here`,
  won: 'stood against another device\u2019s value',
  metDelete: 'It had been deleted elsewhere at the same time; the change kept it.',
  deleteMissed: 'It was changed elsewhere at the same time, so it stayed.',
  takenAt: (instant: string) => `backed up ${instant}`,
  notTaken: 'waiting to back up',
  older: 'Older history is on the server',
  olderWhy: 'This device joined later, and keeps what came since.',
  olderElsewhere: 'It can be read there when this device is signed in and online.',
  loadOlder: 'Load older history',
  loading: 'Loading',
  unreachable: 'The server does not answer. Try again when there is a signal.',
  signInNeeded: 'Sign in again to read it.',
  noHistory: 'Nothing is known of this entry on this device.',
};

const whats: Readonly<Record<HistoryEvent['what'], string>> = {
  added: 'Written',
  changed: 'Changed',
  deleted: 'Deleted',
  restored: 'Brought back',
  deleteMissed: 'Deleted, but it stayed',
  refused: 'Refused by the server',
};

export const eventTitle = (what: HistoryEvent['what'], author: string): string => `${whats[what]} on ${author}`;

/** What undoing came to: some of it may have been changed since, and is left alone. */
export const undoneSentence = ({ undone, skipped }: Undone, title: string): string => {
  if (undone > 0 && skipped === 0) return `${title} is as it was before`;
  return undone > 0
    ? `${title} is partly as it was before. What was changed since stays; its history has every version.`
    : `${title} was changed since, so it stays. Its history has every version.`;
};
