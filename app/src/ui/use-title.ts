import { useEffect } from 'react';

/** The document's title while the screen shows; a sheet that closes gives the page its own back. */
export const useTitle = (title: string): void => {
  useEffect(() => {
    const before = document.title;
    document.title = `${title}, FinTrack AI`;
    return () => {
      document.title = before;
    };
  }, [title]);
};
