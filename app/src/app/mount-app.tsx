import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import type { Services } from '../model/services.ts';
import '../ui/tokens.css';
import '../ui/base.css';
import '../ui/controls.css';
import '../ui/shell.css';
import { App } from './app.tsx';

/** Shows the app in `element`, on whatever stands behind the ports; returns how to take it away. */
export const mountApp = (element: HTMLElement, services: Services): (() => void) => {
  const root = createRoot(element);
  root.render(
    <StrictMode>
      <App services={services} />
    </StrictMode>,
  );
  return () => root.unmount();
};
