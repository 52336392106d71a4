import type { SyncFailure } from '../model/services.ts';

/** What happened, what is safe, what to do. */
export const failureSentence = (why: SyncFailure): string => {
  switch (why.type) {
    case 'unreachable':
      return 'The server does not answer. Everything is safe on this device and is sent when it does.';
    case 'notTheServer':
      return 'Something else answered in the server\u2019s place, perhaps the sign-in page of a Wi-Fi. Open it in the browser, then try again.';
    case 'signInNeeded':
      return 'Your sign-in has run out. Sign in again to go on backing up; nothing is lost until then.';
    case 'upgradeNeeded':
      return 'This version of the app is too old for the server. Reload to update; what waits here is kept.';
    case 'accountDeleted':
      return 'This account was deleted. What is on this device stays on this device.';
    case 'wrongAccount':
      return 'This book belongs to another account. Sign in with that account to back it up.';
    case 'serverBusy':
      return 'The server is busy. It is tried again by itself.';
    case 'thisDevice':
      return `This browser could not go on: ${why.why} What is saved stays; if the device is short of room, free some.`;
    case 'refused':
      return `The server refused: ${why.why} Everything is safe on this device.`;
  }
};
