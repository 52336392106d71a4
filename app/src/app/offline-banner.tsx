import { useEffect, useState } from 'react';
import { useServices, useSyncStatus } from '../model/services-context.tsx';
import { useFormat } from '../ui/format-context.tsx';
import { Icon } from '../ui/icon.tsx';

const words = {
  offline: 'Offline. Everything works and is saved on this device.',
  waiting: (count: string) => `Offline. ${count} are saved on this device.`,
  changes: (count: number, text: string) => (count === 1 ? '1 change' : `${text} changes`),
};

/** Shorter gaps, in a tunnel or a lift, need no words. */
const patienceMs = 5000;

export const OfflineBanner = () => {
  const isShown = useOfflineForLong();
  const { waiting, phase } = useSyncStatus();
  const format = useFormat();
  if (!isShown) return null;
  const isCounted = waiting > 0 && phase.type !== 'localOnly';
  return (
    <div className="banner" role="status">
      <Icon name="offline" />
      <span>{isCounted ? words.waiting(words.changes(waiting, format.count(waiting))) : words.offline}</span>
    </div>
  );
};

const useOfflineForLong = (): boolean => {
  const services = useServices();
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const check = () => {
      clearTimeout(timer);
      if (services.isOnline()) setLong(false);
      else timer = setTimeout(() => setLong(true), patienceMs);
    };
    check();
    addEventListener('online', check);
    addEventListener('offline', check);
    return () => {
      clearTimeout(timer);
      removeEventListener('online', check);
      removeEventListener('offline', check);
    };
  }, [services]);
  return isLong;
};
