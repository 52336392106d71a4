import { lazy } from 'react';

/** Screens, and lines that show after a while, that the first look at the month does not need. */
const parts = {
  notices: () => import('./late-notices.ts'),
  add: () => import('../features/quick-add/add-sheet.tsx'),
  edit: () => import('../features/quick-add/edit-sheet.tsx'),
  entries: () => import('../features/expenses/entries-screen.tsx'),
  budgets: () => import('../features/budgets/budgets-screen.tsx'),
  sync: () => import('../features/sync-status/sync-screen.tsx'),
  account: () => import('../features/session/account-screen.tsx'),
  import: () => import('../features/transfer/import-screen.tsx'),
  changes: () => import('../features/recover/recent-changes-screen.tsx'),
  history: () => import('../features/recover/history-sheet.tsx'),
  more: () => import('../features/settings/more-screen.tsx'),
  advisor: () => import('../features/advisor/advisor-screen.tsx'),
  why: () => import('../features/advisor/why-sheet.tsx'),
  monthAdvice: () => import('../features/advisor/month-advice.tsx'),
};

export const OfflineBanner = lazy(async () => ({ default: (await parts.notices()).OfflineBanner }));
export const StorageNoticeBar = lazy(async () => ({ default: (await parts.notices()).StorageNoticeBar }));
export const UpdateToast = lazy(async () => ({ default: (await parts.notices()).UpdateToast }));
export const AddSheet = lazy(async () => ({ default: (await parts.add()).AddSheet }));
export const EditSheet = lazy(async () => ({ default: (await parts.edit()).EditSheet }));
export const EntriesScreen = lazy(async () => ({ default: (await parts.entries()).EntriesScreen }));
export const BudgetsScreen = lazy(async () => ({ default: (await parts.budgets()).BudgetsScreen }));
export const SyncScreen = lazy(async () => ({ default: (await parts.sync()).SyncScreen }));
export const AccountScreen = lazy(async () => ({ default: (await parts.account()).AccountScreen }));
export const ImportScreen = lazy(async () => ({ default: (await parts.import()).ImportScreen }));
export const RecentChangesScreen = lazy(async () => ({ default: (await parts.changes()).RecentChangesScreen }));
export const HistorySheet = lazy(async () => ({ default: (await parts.history()).HistorySheet }));
export const MoreScreen = lazy(async () => ({ default: (await parts.more()).MoreScreen }));
export const AdvisorScreen = lazy(async () => ({ default: (await parts.advisor()).AdvisorScreen }));
export const WhySheet = lazy(async () => ({ default: (await parts.why()).WhySheet }));
export const MonthAdvice = lazy(async () => ({ default: (await parts.monthAdvice()).MonthAdvice }));

/** Fetches what is likely to be opened next, so that it opens at once. A failure shows when it is opened. */
export const preloadLikely = (): void => {
  for (const part of [parts.add, parts.edit, parts.entries, parts.budgets, parts.sync]) part().catch(() => undefined);
};
