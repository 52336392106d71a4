import type { SavedFile } from '../model/services.ts';

/** Long enough for the slowest browser to have taken the file. */
const revokeAfterMs = 60_000;

export const saveFile = ({ name, type, text }: SavedFile): void => {
  const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), revokeAfterMs);
};
