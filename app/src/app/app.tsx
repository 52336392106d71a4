import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import { ServicesProvider } from '../model/services-context.tsx';
import type { Services } from '../model/services.ts';
import { SheetStack } from '../ui/sheet-stack.tsx';
import { ToastProvider } from '../ui/toast.tsx';
import { BookGate } from './book-gate.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { Shell } from './shell.tsx';

export const App = ({ services }: { services: Services }) => {
  const [queries] = useState(
    () =>
      new QueryClient({ defaultOptions: { queries: { refetchOnWindowFocus: false }, mutations: { retry: false } } }),
  );
  return (
    <ServicesProvider services={services}>
      <QueryClientProvider client={queries}>
        <ErrorBoundary onRetry={() => queries.clear()}>
          <BookGate>
            <SheetStack>
              <ToastProvider>
                <Shell />
              </ToastProvider>
            </SheetStack>
          </BookGate>
        </ErrorBoundary>
      </QueryClientProvider>
    </ServicesProvider>
  );
};
