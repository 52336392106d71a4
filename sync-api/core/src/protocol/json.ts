export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export type JsonObject = { readonly [key: string]: Json };

export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * The one text of a JSON value: keys sorted by UTF-16 code unit, no white space. [P2]
 *
 * What is hashed, sent and stored is this text, so data that an older program does not know passes through it byte
 * for byte (F9), whatever order a database keeps its keys in. Properties that are `undefined` are left out.
 */
export const canonicalJson = (value: Json): string => (isSorted(value) ? JSON.stringify(value) : sortedText(value));

/** What came as canonical text is in order already: then the engine writes it, several times as fast. */
const isSorted = (value: Json): boolean => {
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) return value.every(isSorted);
  const object = value as JsonObject;
  let before = '';
  for (const key of Object.keys(object)) {
    if (key < before || !isSorted(object[key] as Json)) return false;
    before = key;
  }
  return true;
};

const sortedText = (value: Json): string => {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  let text = '';
  if (Array.isArray(value)) {
    for (const member of value) text += `${text === '' ? '' : ','}${sortedText(member)}`;
    return `[${text}]`;
  }
  const object = value as JsonObject;
  for (const key of Object.keys(object).sort()) {
    const member = object[key];
    if (member !== undefined) text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${sortedText(member)}`;
  }
  return `{${text}}`;
};

/** Lists and objects lie at most `levelsMax` deep in each other. Looks no deeper, so that no text exhausts the stack. */
export const isShallow = (value: Json, levelsMax: number): boolean =>
  typeof value !== 'object' ||
  value === null ||
  (levelsMax > 0 && Object.values(value).every((member: Json) => isShallow(member, levelsMax - 1)));

/** Equal as JSON, whatever the order of keys: their canonical texts would be the same. */
export const sameJson = (a: Json, b: Json): boolean => {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((each, i) => sameJson(each, b[i]));
  }
  const [left, right] = [a as JsonObject, b as JsonObject];
  const keys = definedKeys(left);
  return keys.length === definedKeys(right).length && keys.every((key) => sameMember(left[key], right[key]));
};

const definedKeys = (object: JsonObject): readonly string[] =>
  Object.keys(object).filter((key) => object[key] !== undefined);

const sameMember = (a: Json | undefined, b: Json | undefined): boolean =>
  a !== undefined && b !== undefined && sameJson(a, b);
