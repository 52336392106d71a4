import { useEffect } from 'react';

/** The document's title while the screen shows. */
export const useTitle = (title: string): void => {
  useEffect(() => {
    document.title = `${title}, FinTrack AI`;
  }, [title]);
};
