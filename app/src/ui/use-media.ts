import { useSyncExternalStore } from 'react';

const subscribeTo = (query: string) => (onChange: () => void) => {
  const list = matchMedia(query);
  list.addEventListener('change', onChange);
  return () => list.removeEventListener('change', onChange);
};

export const useMedia = (query: string): boolean =>
  useSyncExternalStore(subscribeTo(query), () => matchMedia(query).matches);

/** From here on screens have two panes and the top bar. */
export const twoPanes = '(min-width: 700px)';
/** From here on entries are a table. */
export const wide = '(min-width: 1080px)';
