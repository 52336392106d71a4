import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import type { Notice } from '../../model/ledger.ts';
import { noticesQuery } from '../../model/ledger-queries.ts';
import { useClaim, useServices, useSessionState, useSyncStatus } from '../../model/services-context.tsx';
import { useNow } from '../../model/use-now.ts';
import { useFormat } from '../../ui/format-context.tsx';
import { useTitle } from '../../ui/use-title.ts';
import { DeviceList } from './device-list.tsx';
import { NoticeCard } from './notice-card.tsx';
import { Receipt } from './receipt.tsx';
import { StorageSection } from './storage-section.tsx';
import { type SyncAction, syncClaim } from './sync-claim.ts';
import './sync-status.css';
import { WaitingList } from './waiting-list.tsx';
import { words } from './words.ts';
import '../../ui/parts.css';

/** Where everything is, what waits, what went wrong, and the proof. */
export const SyncScreen = () => {
  const { ledger } = useServices();
  const status = useSyncStatus();
  const session = useSessionState();
  const move = useClaim();
  const now = useNow();
  const format = useFormat();
  const { data: notices = [] } = useQuery(noticesQuery(ledger));
  useTitle(words.title);
  const { claim, why, action } = syncClaim(status, now, format);
  const isLocal = status.phase.type === 'localOnly';
  return (
    <div className="page scrolls">
      <header className="top">
        <h1>{words.title}</h1>
        {status.backedUpAt !== null && (
          <span className="t-13 ink-2">{words.checked(format.ago(status.backedUpAt, now))}</span>
        )}
      </header>
      <main id="main">
        <section className="wrap">
          <div role="status">
            <h2 className="claim">{claim}</h2>
            <p className="ink-2 sync-why">{why}</p>
          </div>
          {(status.phase.type === 'syncing' || status.phase.type === 'loading') && status.phase.total > 0 && (
            <progress
              aria-label={status.phase.type === 'loading' ? words.loading : words.syncing}
              value={status.phase.done}
              max={status.phase.total}
            />
          )}
          <Action action={action} />
        </section>
        {notices.length > 0 && <NeedsYou notices={notices} />}
        {move.type === 'partLeft' && (
          <section className="sect">
            <h2 className="medium warn">{words.notMoved(move.count)}</h2>
            <p className="ink-2">{words.notMovedWhy}</p>
          </section>
        )}
        {!isLocal && status.waiting > 0 && <WaitingList count={status.waiting} now={now} />}
        {session.type === 'signedIn' && !isLocal && <Receipt status={status} />}
        {!isLocal && <DeviceList status={status} now={now} />}
        <StorageSection now={now} />
        <section className="sect">
          <div className="sect-head">
            <h2>{words.whatLeaves}</h2>
          </div>
          <p className="ink-2">{words.whatLeavesWhy}</p>
        </section>
      </main>
    </div>
  );
};

/** Each card reads the history of its record: a few at a time. */
const noticesShown = 10;

const NeedsYou = ({ notices }: { notices: readonly Notice[] }) => {
  const [limit, setLimit] = useState(noticesShown);
  return (
    <section className="sect" aria-labelledby="needs">
      <div className="sect-head">
        <h2 id="needs">{words.needsYou(notices.length)}</h2>
      </div>
      {notices.slice(0, limit).map((notice) => (
        <NoticeCard key={notice.id} notice={notice} />
      ))}
      {notices.length > limit && (
        <p className="btn-row">
          <button type="button" className="btn" onClick={() => setLimit(limit + noticesShown)}>
            {words.more}
          </button>
        </p>
      )}
    </section>
  );
};

const Action = ({ action }: { action: SyncAction }) => {
  const { sync } = useServices();
  const session = useSessionState();
  switch (action) {
    case 'none':
      return null;
    case 'tryNow':
      return (
        <button type="button" className="btn" onClick={() => sync.syncNow()}>
          {words.tryNow}
        </button>
      );
    case 'reload':
      return (
        <button type="button" className="btn" onClick={() => location.reload()}>
          {words.reload}
        </button>
      );
    case 'signIn':
      return (
        <p className="btn-row">
          {session.type === 'signedOut' && (
            <Link className="btn" href="/account?do=create">
              {words.createAccount}
            </Link>
          )}
          <Link className="btn" href="/account?do=sign-in">
            {words.signIn}
          </Link>
        </p>
      );
  }
};
