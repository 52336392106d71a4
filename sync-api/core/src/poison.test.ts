import { describe, expect, it } from 'vitest';
import { foldEntry, openEntry } from './fold.ts';
import { checkChange, isChange } from './protocol/change.ts';
import { createAuthor, testId, testReplica } from './testing/change-builder.ts';

/** As JSON text, since an object literal would lose some of these names. */
const changeWithGroup = (name: string): unknown =>
  JSON.parse(`{"kind":"expense","id":"${testId(1)}","at":1,"set":{"${name}":["x"]}}`);

describe('a change that means harm', () => {
  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    '[S3] with a group called %s is flagged, and the fold walks past it',
    (name) => {
      const change = changeWithGroup(name);
      expect(isChange(change)).toBe(false);
      expect(checkChange(change, 100)).toEqual({ type: 'shape' });
      const entry = { ...createAuthor(testReplica('a')).entry(1, []), changes: [JSON.parse(JSON.stringify(change))] };
      const folded = foldEntry(entry, openEntry(entry).changes, () => undefined, []);
      expect(folded.rows.size).toBe(0);
      expect(folded.journal.map((each) => each.type)).toEqual(['rejected']);
    },
  );
});
