import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { groupSchema, isKnownKind, recordSchemas, tableKinds } from './records.ts';

const accepts = (kind: string, group: string, value: unknown): boolean => {
  const schema = groupSchema(kind, group);
  if (!schema) throw new Error(`no schema for ${kind}.${group}`);
  return v.safeParse(schema, value).success;
};

describe('records', () => {
  it('[F8] amount and currency are one group wherever money stands', () => {
    for (const kind of ['expense', 'income', 'budget', 'template', 'forecast']) {
      expect(accepts(kind, 'amount', { minor: 1240, currency: 'EUR' })).toBe(true);
      expect(accepts(kind, 'amount', { minor: 12.4, currency: 'EUR' })).toBe(false);
      expect(accepts(kind, 'amount', { minor: 1240 })).toBe(false);
    }
  });

  it('[F8] a date is a calendar date that exists, and no instant', () => {
    expect(accepts('expense', 'date', '2028-02-29')).toBe(true);
    expect(accepts('expense', 'date', '2026-02-29')).toBe(false);
    expect(accepts('income', 'date', '2026-03-01T12:00:00Z')).toBe(false);
    expect(accepts('template', 'start', '2026-3-1')).toBe(false);
  });

  it('[F9] what is not listed has no schema, and names that every object has are not listed', () => {
    expect(groupSchema('hologram', 'amount')).toBeUndefined();
    expect(groupSchema('expense', 'laterField')).toBeUndefined();
    expect(groupSchema('expense', 'constructor')).toBeUndefined();
    expect(groupSchema('toString', 'length')).toBeUndefined();
    expect(isKnownKind('expense')).toBe(true);
    expect(isKnownKind('constructor')).toBe(false);
  });

  it('[M1] the kinds that reach the tables are known', () => {
    expect(tableKinds.every((kind) => Object.hasOwn(recordSchemas, kind))).toBe(true);
  });
});
