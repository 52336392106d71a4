import { Suspense, useState } from 'react';
import { Redirect, Route, Switch, useLocation, useRoute } from 'wouter';
import { MonthScreen } from '../features/dashboard/month-screen.tsx';
import { Opening } from '../ui/opening.tsx';
import { leaveSheet } from './leave-sheet.ts';
import {
  AccountScreen,
  AddSheet,
  BudgetsScreen,
  EditSheet,
  EntriesScreen,
  ImportScreen,
  MoreScreen,
  SyncScreen,
} from './pages.ts';

/** The page in the address; under a sheet, the page it was opened from. */
export const Routes = () => {
  const [location, navigate] = useLocation();
  const [isAdding] = useRoute('/add');
  const [isEditing, edited] = useRoute('/entry/:kind/:id');
  const isSheet = isAdding || isEditing;
  const [page, setPage] = useState(isSheet ? '/' : location);
  if (!isSheet && page !== location) setPage(location);
  const close = () => leaveSheet(() => navigate(page, { replace: true }));

  return (
    <>
      <Suspense fallback={<Opening />}>
        <Switch location={page}>
          <Route path="/" component={MonthScreen} />
          <Route path="/entries" component={EntriesScreen} />
          <Route path="/budgets" component={BudgetsScreen} />
          <Route path="/sync" component={SyncScreen} />
          <Route path="/account" component={AccountScreen} />
          <Route path="/import" component={ImportScreen} />
          <Route path="/more" component={MoreScreen} />
          <Route>
            <Redirect to="/" replace />
          </Route>
        </Switch>
      </Suspense>
      <Suspense fallback={null}>
        {isAdding && <AddSheet onClose={close} />}
        {isEditing && edited && (
          <EditSheet
            key={edited.id}
            kind={edited.kind === 'income' ? 'income' : 'expense'}
            id={edited.id}
            onClose={close}
          />
        )}
      </Suspense>
    </>
  );
};
