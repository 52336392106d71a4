/**
 * Asks the browser to keep this origin's data when it runs short of room: once a page, after the first save, when there
 * is something to keep. Most browsers decide without a question.
 */
export const createPersistence = (): (() => void) => {
  let isAsked = false;
  return () => {
    if (isAsked || !('storage' in navigator) || !('persist' in navigator.storage)) return;
    isAsked = true;
    // Denied or failing, the data is as safe as it was; the sync status says what is not backed up.
    navigator.storage.persist().catch(() => undefined);
  };
};
