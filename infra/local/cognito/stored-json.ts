import { StartError } from '../start-error.ts';
import type { Shape } from './shape.ts';

/** What a file of ours holds. Throws a StartError that names the file on anything else; `remedy` ends its sentence. */
export const parseStored = <T>(shape: Shape<T>, path: string, stored: string, remedy: string): T => {
  const read = shape(parseJson(stored), '');
  if (read.ok) return read.value;
  const place = read.error.path === '' ? '' : ` at "${read.error.path}"`;
  throw new StartError(`${path} is damaged${place}: ${remedy}.`);
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
