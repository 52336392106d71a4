import { type ReactElement, Suspense, useEffect, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { MonthScreen } from '../features/dashboard/month-screen.tsx';
import { Opening } from '../ui/opening.tsx';
import { leaveSheet } from './leave-sheet.ts';
import {
  AccountScreen,
  AddSheet,
  AdvisorScreen,
  BudgetsScreen,
  EditSheet,
  EntriesScreen,
  HistorySheet,
  ImportScreen,
  MonthAdvice,
  MoreScreen,
  RecentChangesScreen,
  SyncScreen,
  WhySheet,
} from './pages.ts';
import { sheetOfPath } from './sheet-of-path.ts';

const screens: Readonly<Record<string, ReactElement>> = {
  '/': <MonthScreen advice={<MonthAdvice />} />,
  '/entries': <EntriesScreen />,
  '/budgets': <BudgetsScreen />,
  '/advisor': <AdvisorScreen />,
  '/sync': <SyncScreen />,
  '/account': <AccountScreen />,
  '/import': <ImportScreen />,
  '/more': <MoreScreen />,
  '/changes': <RecentChangesScreen />,
};

/** The page in the address; under a sheet, the page it was opened from. An address that is no page's shows the month. */
export const Routes = () => {
  const [location, navigate] = useLocation();
  const sheet = sheetOfPath(location);
  const [page, setPage] = useState(sheet ? '/' : location);
  if (!sheet && page !== location) setPage(location);
  const isLeaving = useRef(false);
  useEffect(() => {
    isLeaving.current = false;
  }, [location]);
  const close = () => {
    // Pressed twice, or gone by now: another step back would leave the page under the sheet, or the app.
    if (isLeaving.current || globalThis.location.pathname !== location) return;
    isLeaving.current = true;
    leaveSheet(() => navigate(page, { replace: true }));
  };
  return (
    <>
      <Suspense fallback={<Opening />}>{screens[page] ?? screens['/']}</Suspense>
      <Suspense fallback={null}>
        {sheet?.type === 'add' && <AddSheet onClose={close} />}
        {sheet?.type === 'edit' && <EditSheet key={sheet.id} kind={sheet.kind} id={sheet.id} onClose={close} />}
        {sheet?.type === 'why' && <WhySheet key={sheet.id} id={sheet.id} onClose={close} />}
        {sheet?.type === 'history' && <HistorySheet key={sheet.id} kind={sheet.kind} id={sheet.id} onClose={close} />}
      </Suspense>
    </>
  );
};
