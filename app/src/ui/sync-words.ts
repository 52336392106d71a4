import type { SyncFailure, SyncStatus } from '../model/services.ts';
import type { Format } from './format.ts';
import type { IconName } from './icon.tsx';

export type SyncWords = { readonly text: string; readonly icon: IconName; readonly isBad: boolean };

const changes = (count: number, format: Format): string =>
  count === 1 ? '1 change' : `${format.count(count)} changes`;

/** The state line: short, and always saying where what was typed is. */
export const syncWords = (status: SyncStatus, now: number, format: Format): SyncWords => {
  const { phase, waiting, backedUpAt } = status;
  const kept = waiting > 0 ? `${format.count(waiting)} waiting, saved here` : 'Saved on this device';
  switch (phase.type) {
    case 'localOnly':
      return { text: 'Saved on this device', icon: 'device', isBad: false };
    case 'idle':
      return waiting > 0
        ? { text: kept, icon: 'clock', isBad: false }
        : { text: backedUpText(backedUpAt, now, format), icon: 'cloud', isBad: false };
    case 'syncing':
      return waiting > 0
        ? { text: `Backing up, ${format.count(waiting)} waiting`, icon: 'clock', isBad: false }
        : { text: 'Looking for changes', icon: 'cloud', isBad: false };
    case 'offline':
      return { text: waiting > 0 ? kept : 'Offline, all backed up', icon: 'offline', isBad: false };
    case 'waitingToRetry':
      return { text: waiting > 0 ? kept : 'Could not check for changes', icon: 'clock', isBad: false };
    case 'blocked':
      return {
        text: waiting > 0 ? `${changes(waiting, format)} not backed up` : 'Needs you',
        icon: 'warning',
        isBad: true,
      };
  }
};

const backedUpText = (at: number | null, now: number, format: Format): string =>
  at === null ? 'Nothing to back up yet' : `Backed up, ${format.ago(at, now)}`;

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
    case 'refused':
      return `The server refused: ${why.why} Everything is safe on this device.`;
  }
};
