import { useState } from 'react';
import { Link } from 'wouter';
import { useServices } from '../model/services-context.tsx';
import { type StorageNotice, storageNotice, type StorageNoticeType } from '../model/storage-notice.ts';
import { useStorageSeen } from '../model/use-storage-seen.ts';
import { useFormat } from '../ui/format-context.tsx';
import { Icon } from '../ui/icon.tsx';
import { useSaveEntriesFile } from '../ui/use-save-entries-file.ts';
import './storage-notice.css';

const words = {
  evicted: (entries: string) => `The browser cleared this book: ${entries} were here.`,
  evictedAccount: 'They are fetched again from the server.',
  evictedWaiting: (changes: string) => `${changes} had not been backed up, and are gone.`,
  evictedLocal: 'They were in this browser only. If you saved a file, import it.',
  entries: (count: number, text: string) => (count === 1 ? '1 entry' : `${text} entries`),
  changes: (count: number, text: string) => (count === 1 ? '1 change' : `${text} changes`),
  nearlyFull: (share: string) => `${share} of the room that this browser gives is used. Free some on the device.`,
  private: 'This looks like a private window. What you write here is gone when it is closed.',
  backUp: (entries: string) => `${entries} are in this browser only. Keep a file of them elsewhere.`,
  saveFile: 'Save a file',
  import: 'Import a file',
  fetch: 'Fetch now',
  details: 'Details',
  notNow: 'Not now',
  understood: 'I know',
};

/** One line over every screen, where storage needs a person. */
export const StorageNoticeBar = () => {
  const { storage } = useServices();
  const { seen, refresh } = useStorageSeen();
  const save = useSaveEntriesFile(refresh);
  const [hidden, setHidden] = useState<ReadonlySet<StorageNoticeType>>(new Set());
  const notice = seen && storageNotice(seen, (type) => hidden.has(type));
  if (!notice) return null;
  const { ledger, entryCount } = seen.census;
  const close = () => {
    setHidden(new Set([...hidden, notice.type]));
    // Should the browser not remember it, the line comes again with the next start.
    if (notice.type === 'evicted') storage.forgetEviction(ledger).then(refresh, () => undefined);
    if (notice.type === 'backUp') storage.markBackup(ledger, { entryCount, at: null }).then(refresh, () => undefined);
  };
  return (
    <div className="banner">
      <Icon name="warning" />
      <span>
        <span role="status">
          <Sentence notice={notice} />
        </span>
        <span className="banner-acts">
          {notice.type === 'backUp' && (
            <button type="button" className="act" onClick={() => save(seen.census)}>
              {words.saveFile}
            </button>
          )}
          {notice.type === 'evicted' && <WayBack isLocal={notice.isLocal} />}
          {(notice.type === 'nearlyFull' || notice.type === 'private') && (
            <Link className="act" href="/sync">
              {words.details}
            </Link>
          )}
          <button type="button" className="act" onClick={close}>
            {notice.type === 'backUp' ? words.notNow : words.understood}
          </button>
        </span>
      </span>
    </div>
  );
};

const WayBack = ({ isLocal }: { isLocal: boolean }) => {
  const { sync } = useServices();
  return isLocal ? (
    <Link className="act" href="/import">
      {words.import}
    </Link>
  ) : (
    <button type="button" className="act" onClick={() => sync.syncNow()}>
      {words.fetch}
    </button>
  );
};

const Sentence = ({ notice }: { notice: StorageNotice }) => {
  const format = useFormat();
  const entries = (count: number) => words.entries(count, format.count(count));
  switch (notice.type) {
    case 'evicted': {
      const { entryCount, waiting } = notice.eviction;
      const lost = waiting > 0 ? words.evictedWaiting(words.changes(waiting, format.count(waiting))) : '';
      const then = notice.isLocal ? words.evictedLocal : words.evictedAccount;
      return <>{[words.evicted(entries(entryCount)), then, lost].filter((part) => part !== '').join(' ')}</>;
    }
    case 'nearlyFull':
      return <>{words.nearlyFull(format.percent(notice.usedShare))}</>;
    case 'private':
      return <>{words.private}</>;
    case 'backUp':
      return <>{words.backUp(entries(notice.newCount))}</>;
  }
};
