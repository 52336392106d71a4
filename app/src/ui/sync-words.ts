import type { SyncStatus } from '../model/services.ts';
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
    case 'loading':
      return { text: `Loading, ${format.percent(phase.done / phase.total)}`, icon: 'cloud', isBad: false };
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
