import { Link } from 'wouter';
import type { SyncStatus } from '../model/services.ts';
import { useFormat } from './format-context.tsx';
import { Icon } from './icon.tsx';
import { syncWords } from './sync-words.ts';

/** The state line: where what was typed is. Leads to the Sync screen. */
export const StateLink = ({ status, now }: { status: SyncStatus; now: number }) => {
  const words = syncWords(status, now, useFormat());
  return (
    <span role="status" className="state-place">
      <Link className={words.isBad ? 'state bad' : 'state'} href="/sync">
        <Icon name={words.icon} small />
        {words.text}
      </Link>
    </span>
  );
};
