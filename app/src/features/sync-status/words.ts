import type { RejectionReason } from '@fintrack/sync-core/protocol';

export const words = {
  title: 'Sync',
  checked: (ago: string) => `Checked ${ago}`,
  localOnly: 'Everything is saved on this device only',
  localOnlyWhy:
    'That is enough to use the app. With an account it is also backed up, and other devices show the same entries.',
  allBackedUp: 'Everything is backed up',
  allBackedUpWhy: (ago: string) => `The server confirmed it ${ago}. It is saved on this device as well.`,
  nothingYet: 'Nothing to back up yet',
  waiting: (count: number, text: string) => (count === 1 ? '1 change waits' : `${text} changes wait`),
  waitingOffline: 'They are saved on this device and are sent when there is a signal.',
  waitingOnline: 'They are saved on this device and are being sent.',
  syncing: 'Backing up',
  syncingOf: (done: string, total: string) => `${done} of ${total} changes sent. Leaving this screen does not stop it.`,
  checking: 'Looking for changes of other devices',
  notBackedUp: 'Not backed up',
  nextTry: (time: string) => `Tried again by itself at ${time}.`,
  tryNow: 'Try now',
  signIn: 'Sign in',
  createAccount: 'Create account',
  reload: 'Reload',
  needsYou: (count: number) => (count === 1 ? '1 thing needs you' : `${count} things need you`),
  refused: 'Refused:',
  unnamed: 'an entry',
  stillSafe: 'The entry is safe on this device.',
  editEntry: 'Edit entry',
  understood: 'I know',
  changedElsewhere: 'Changed on two devices',
  otherVersionWon: (group: string, value: string) =>
    `Another device set the ${group} later, so its value stands. Yours was ${value}.`,
  otherVersionWonPlain: (group: string) => `Another device set the ${group} later, so its value stands.`,
  metDelete: 'Deleted on one device, changed on another',
  metDeleteWhy: 'It was kept, with the change. Delete it again if it should go.',
  open: 'Open',
  notMoved: (count: number) =>
    count === 1
      ? '1 entry could not be moved into your account'
      : `${count} entries could not be moved into your account`,
  notMovedWhy:
    'The account takes no such value, as an amount that is too large. What was on this device before you signed in is kept here as it was; clearing the data of this browser would delete it.',
  receipt: 'Receipt',
  same: 'same on both sides',
  different: 'not the same yet',
  entriesHere: 'Entries on this device',
  lastBackup: 'Last backup',
  never: 'never',
  upTo: 'Up to change',
  fingerprint: 'Fingerprint',
  fingerprintOf: 'of every entry up to that change',
  restarts: 'Restarts',
  restartsWhy: 'times that sync stood still and began anew',
  advice: 'Advice',
  adviceSub: 'worked out here and on the server',
  adviceSame: 'same as the server',
  adviceDifferent: 'differs while changes wait',
  adviceDiffers: 'differs from the server',
  adviceUnknown: 'the server does not answer',
  adviceSignIn: 'sign in to compare',
  whatLeaves: 'What leaves this device',
  whatLeavesWhy: 'Entries, budgets, categories and your profile, to your account alone. Without an account, nothing.',
};

const groups: Readonly<Record<string, string>> = {
  amount: 'amount',
  date: 'date',
  category: 'category',
  description: 'description',
  source: 'description',
  note: 'note',
};

export const groupName = (group: string): string => groups[group] ?? group;

/** Why the server would not take a change. */
export const rejectionSentence = (reason: RejectionReason, kilobytes: (bytes: number) => string): string => {
  switch (reason.type) {
    case 'value':
      return `The ${groupName(reason.group)} was not taken: ${reason.why}. Change it, then it is sent again.`;
    case 'tooLarge':
      return `It is larger than ${kilobytes(reason.sizeBytesMax)}, the most one change can be. Shorten its note or description.`;
    case 'recordFull':
      return `This entry holds as many kinds of detail as one may, ${reason.groupsMax}. Write a new entry instead.`;
    case 'derivedId':
      return 'It does not name the month and category it is for. Set it again.';
    case 'shape':
      return 'The server does not know this kind of change. Update the app, then save it again.';
  }
};
