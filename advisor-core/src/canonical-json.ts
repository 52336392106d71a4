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
  let members = '';
  // Without a comparison of its own a sort is by code units.
  for (const key of Object.keys(value).sort()) {
    const member = `${asciiJson(key)}:${canonicalJson(value[key] ?? null)}`;
    members += members === '' ? member : `,${member}`;
  }
  return `{${members}}`;
};

const isList = (value: object): value is readonly Json[] => Array.isArray(value);

const asciiJson = (text: string): string => {
  const json = JSON.stringify(text);
  return beyondAscii.test(json) ? json.replace(/[\u007f-\uffff]/g, escaped) : json;
};

const beyondAscii = /[\u007f-\uffff]/;
const escaped = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
