import type { SaveError } from '../model/ledger.ts';

/** Why something was not saved, what is safe, and what to do. */
export const saveErrorSentence = (error: SaveError): string => {
  switch (error.type) {
    case 'quota':
      return 'Not saved: this browser has no room left. What you typed is kept here. Free some space on the device, then save again.';
    case 'storage':
      return 'Not saved: the browser could not write it down. What you typed is kept here. Try to save again.';
    case 'invalid':
      return error.reason.type === 'value'
        ? `Not saved: the ${error.reason.group} cannot be kept like this (${error.reason.why}). Change it, then save again.`
        : 'Not saved: this is too large or of no known shape. Shorten it, then save again.';
    case 'moving':
      return 'Not saved: your entries are being moved into your account. What you typed is kept here. Save again in a moment.';
    case 'busy':
      return 'This import is still running, here or in another tab. Wait until it is done, then try again.';
    case 'notLoaded':
      return 'Not saved: a part of the app could not be loaded. What you typed is kept here. Save again when there is a signal; if that does not help, reload.';
    case 'sealed':
      return 'Not saved: this account was deleted, its book cannot be changed any more.';
  }
};
