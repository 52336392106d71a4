import { canonicalJson, type Json } from '../protocol/json.ts';

/**
 * What a valibot schema demands, as text: two schemas that take the same messages by the same rules have the same. Rules
 * that are functions count by their name and kind only, so a change inside of one has to be told by its golden messages.
 */
export const schemaShape = (schema: unknown): string => canonicalJson(shapeOf(schema));

/** Members that say what a schema is; all others are functions, messages and caches. */
const telling = [
  'type',
  'kind',
  'requirement',
  'literal',
  'options',
  'entries',
  'items',
  'item',
  'wrapped',
  'pipe',
  'key',
  'value',
  'rest',
];

const shapeOf = (value: unknown): Json => {
  if (value instanceof RegExp) return String(value);
  if (typeof value === 'function') return 'function';
  if (typeof value === 'bigint') return String(value);
  if (Array.isArray(value)) return value.map(shapeOf);
  if (typeof value !== 'object' || value === null) return value === undefined ? null : (value as Json);
  const isSchema = 'kind' in value && 'type' in value;
  const names = Object.keys(value).filter((name) => !isSchema || telling.includes(name));
  return Object.fromEntries(names.map((name) => [name, shapeOf((value as Record<string, unknown>)[name])]));
};
