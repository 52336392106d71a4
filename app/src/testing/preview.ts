import { mountApp } from '../app/mount-app.tsx';
import type { SyncStatus } from '../model/services.ts';
import { createMemoryServices } from './memory-services.ts';
import { sampleChanges, sampleDevices, sampleHistories, sampleNotices } from './sample-past.ts';
import { sampleBudgets, sampleCategories, sampleEntries, sampleProfile, sampleToday } from './sample-ledger.ts';

// The app on ports in memory, for looking at screens in development: `?at=/sync&state=refused`. No build contains it.
const asked = new URLSearchParams(location.search);
const state = asked.get('state') ?? 'full';
const now = Date.parse(`${sampleToday}T17:12:00Z`);

const statuses: Readonly<Record<string, Partial<SyncStatus>>> = {
  waiting: { waiting: 4, phase: { type: 'offline' } },
  full: { waiting: 1, phase: { type: 'idle' } },
  refused: { waiting: 3, phase: { type: 'blocked', why: { type: 'signInNeeded' } } },
};

const isEmpty = state === 'empty';
let ids = 0;
const services = createMemoryServices({
  today: sampleToday,
  newId: () => `new-${(ids += 1)}`,
  profile: { ...sampleProfile, locale: asked.get('locale') ?? sampleProfile.locale },
  categories: sampleCategories,
  entries: isEmpty ? [] : sampleEntries,
  budgets: isEmpty || state === 'unbudgeted' ? [] : sampleBudgets,
  now,
  notices: state === 'refused' ? sampleNotices(now) : [],
  deleted: isEmpty ? [] : sampleEntries.slice(3, 6),
  histories: sampleHistories(now),
  changes: isEmpty ? [] : sampleChanges(now),
  devices: isEmpty ? [] : sampleDevices(now),
  ...(isEmpty || state === 'local' ? {} : { signedInAs: 'mara@example.com' }),
  sync: isEmpty || state === 'local' ? {} : (statuses[state] ?? {}),
  isUpdateReady: state === 'update',
  isLocal: state === 'local',
  ...(state === 'evicted' ? { eviction: { ledger: 'memory', entryCount: 81, waiting: 2, at: now } } : {}),
  storage: state === 'room' ? { usageBytes: 1_750_000_000 } : state === 'private' ? { isLikelyPrivate: true } : {},
});

if (asked.get('dir') === 'rtl') document.documentElement.dir = 'rtl';
history.replaceState(null, '', asked.get('at') ?? '/');
const root = document.getElementById('root');
if (root) mountApp(root, services);
