import { compareText } from './compare.ts';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * JSON in one way only: no spaces, keys in code unit order, numbers whole, all characters ASCII (others as `\uXXXX`).
 * So it is the same text whatever order an object was built in, and the same bytes in every encoding in use.
 * Throws a RangeError on a number that is not a safe integer, for JSON would turn NaN into null.
 */
export const canonicalJson = (value: Json): string => {
  if (typeof value === 'string') return asciiJson(value);
  if (typeof value === 'number' && !Number.isSafeInteger(value)) throw new RangeError(`not a whole number: ${value}`);
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const members = Object.entries(value).sort(([a], [b]) => compareText(a, b));
  return `{${members.map(([key, member]) => `${asciiJson(key)}:${canonicalJson(member)}`).join(',')}}`;
};

const isList = (value: object): value is readonly Json[] => Array.isArray(value);

const asciiJson = (text: string): string =>
  JSON.stringify(text).replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
