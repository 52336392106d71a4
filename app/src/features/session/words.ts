import type { SessionError } from '../../model/services.ts';

export const words = {
  title: 'Account',
  lead: 'You can do without an account',
  leadWhy:
    'Everything works and stays on this device. With an account it is also backed up, and appears on your other devices.',
  why: 'Your entries are backed up and appear on your other devices. What is on this device moves into the account.',
  createAccount: 'Create account',
  haveAccount: 'I have an account',
  noAccount: 'I have no account yet',
  signIn: 'Sign in',
  signInLead: 'Your entries on this device are added to those in the account. None is lost and none is doubled.',
  email: 'Email',
  password: 'Password',
  newPassword: 'New password',
  passwordHint: 'At least 10 characters, with upper and lower case letters and a figure',
  name: 'Name',
  nameHint: 'What the app calls you. May be changed later.',
  code: 'Code',
  confirm: 'Confirm',
  confirmTitle: 'Confirm your email',
  confirmLead: (email: string) => `A code was sent to ${email}. It works for a short while.`,
  resend: 'Send a new code',
  resent: 'A new code is on its way.',
  secondFactorTitle: 'Second step',
  secondFactorLead: 'Write the 6 figures that your authenticator app shows now.',
  forgot: 'Forgot password',
  forgotTitle: 'Set a new password',
  forgotLead: 'A code is sent to your email. Your entries on this device are not touched.',
  sendCode: 'Send code',
  setPassword: 'Set password',
  passwordSet: 'The new password is set. Sign in with it.',
  back: 'Back',
  working: 'One moment',
  signedInAs: 'Signed in as',
  unverified: 'The account could not be checked. The book is open all the same.',
  signInAgain: 'Sign in again',
  profile: 'Profile',
  homeCurrency: 'Home currency',
  homeCurrencyHint: 'New entries and budgets are in it. What is written stays in its own currency.',
  locale: 'Numbers and dates',
  localeHint: (example: string) => `As in ${example}`,
  save: 'Save profile',
  saved: 'Profile saved on this device',
  nameTooLong: 'The name can have 100 characters at most. Shorten it.',
  signOut: 'Sign out',
  signOutLead: 'The book of this account stays on this device and opens again when you sign in.',
  signOutWaiting: (count: number) =>
    count === 1
      ? '1 change exists only on this device. Back up before signing out?'
      : `${count} changes exist only on this device. Back up before signing out?`,
  backUpFirst: 'Back up now',
  signOutAnyway: 'Sign out anyway',
  stay: 'Stay signed in',
  deleteAccount: 'Delete account',
  deleteAccountLead: 'Removes the account and its book from the server, for good.',
  deleteAccountAsk: 'Delete the account for good?',
  deleteAccountWhy:
    'The account, its book on the server and all its history are deleted within minutes; backups of the server forget it after 35 days. What is on your devices stays there until you clear it, but is backed up no more. To keep a copy, save a file first, under Sync.',
  deleteWaiting: (count: number) =>
    count === 1 ? '1 change exists only on this device.' : `${count} changes exist only on this device.`,
  deleteForGood: 'Delete for good',
  keepAccount: 'Keep account',
  accountDeleted: 'The account is deleted.',
  deleteProblems: {
    unreachable: 'the server could not be reached. Check the connection, then try again.',
    signInNeeded: 'your sign-in has run out. Type the password again.',
    signInAgain: 'the sign-in is too old. Type the password again.',
  },
  moving: (done: string, total: string) => `Moving ${total} entries into your account, ${done} done`,
  movingWhy: 'You can go on using the app. If it is interrupted, it goes on from where it was.',
};

/** What happened and what to do, for everything an account can answer. */
export const sessionSentence = (error: SessionError): string => {
  switch (error.type) {
    case 'wrongPassword':
      return 'Email and password do not belong together. Check both, or set a new password.';
    case 'userExists':
      return 'There is an account with this email already. Sign in instead.';
    case 'notConfirmed':
      return 'This email is not confirmed yet. Write the code that was sent to it.';
    case 'alreadyConfirmed':
      return 'This email is confirmed already. Sign in.';
    case 'codeWrong':
      return 'That is not the code. Check it, or send a new one.';
    case 'codeExpired':
      return 'This code has run out. Send a new one.';
    case 'tooManyTries':
      return 'Too many tries. Wait a few minutes, then try again.';
    case 'weakPassword':
      return `This password is too easy to guess. Use at least 10 characters, with upper and lower case letters and a figure.`;
    case 'badEmail':
      return 'This is no email address. Write one like mara@example.com.';
    case 'unreachable':
      return 'The account service does not answer. Check the network and try again; the app works without it.';
    case 'other':
      return `That did not work: ${error.message}`;
  }
};
