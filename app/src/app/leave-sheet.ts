/** The history length when the app opened: entries beyond it are the app's own. */
const lengthAtStart = history.length;

/** Back to where the sheet was opened from; to `otherwise` when the app was started on the sheet's own address. */
export const leaveSheet = (otherwise: () => void): void => {
  if (history.length > lengthAtStart) history.back();
  else otherwise();
};
