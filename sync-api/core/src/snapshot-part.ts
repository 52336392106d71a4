import * as v from 'valibot';
import { isJournalRecord, type JournalRecord } from './journal.ts';
import type { PackedRow } from './packed-row.ts';
import type { RecordKey } from './protocol/ids.ts';
import type { Json } from './protocol/json.ts';
import { fail, ok, type Result } from './protocol/result.ts';

/** [L2] One part of a snapshot: all records between two keys, or some of the journal. */
export type SnapshotPart = {
  /** Keys above `after`, up to `through`; an empty `through` has no end. Absent in a part of the journal. */
  readonly range?: { readonly after: RecordKey; readonly through: RecordKey };
  readonly rows: readonly PackedRow[];
  readonly journal: readonly JournalRecord[];
};

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const version = v.looseObject({
  seq: count,
  at: v.pipe(v.number(), v.safeInteger()),
  by: v.string(),
  generated: v.exactOptional(v.literal(true)),
});

const packedRow = v.looseObject({
  k: v.string(),
  i: v.string(),
  s: count,
  v: v.array(version),
  c: v.record(v.string(), v.tuple([v.custom<Json>((value) => value !== undefined), count])),
  d: v.exactOptional(v.tuple([v.boolean(), count])),
  r: v.exactOptional(v.array(v.string())),
});

const schema = v.looseObject({
  range: v.exactOptional(v.looseObject({ after: v.string(), through: v.string() })),
  rows: v.array(packedRow),
  journal: v.array(v.custom<JournalRecord>(isJournalRecord)),
});

/** The only gate from a part's text, whose hash was compared before, to a part. */
export const parseSnapshotPart = (text: string): Result<SnapshotPart, { readonly type: 'notAPart' }> => {
  try {
    const parsed = v.safeParse(schema, JSON.parse(text), { abortEarly: true });
    return parsed.success ? ok(parsed.output) : fail({ type: 'notAPart' });
  } catch {
    return fail({ type: 'notAPart' });
  }
};
