import { gzipSync } from 'node:zlib';
import { limits } from '@fintrack/sync-core/protocol';
import { testId } from '@fintrack/sync-core/testing';
import { expect, it } from 'vitest';
import { rowToState, stateSizeBytesMax, stateToRow } from '../src/dynamodb/row-item.ts';
import { rowOf } from './support.ts';

it('a row as large as the protocol allows comes back as it was kept', () => {
  const groups = Array.from({ length: limits.groupsMax }, (_, i) => [
    `later${i}`,
    'a'.repeat(limits.changeSizeBytesMax),
  ]);
  const row = rowOf('expense', testId(1), Object.fromEntries(groups));
  expect(stateToRow(rowToState(row))).toEqual(row);
});

it('a state that unpacks to more than any row is refused before it is held', () => {
  const bomb = gzipSync(Buffer.alloc(stateSizeBytesMax + 1, ' '));
  expect(() => stateToRow(bomb)).toThrow(expect.objectContaining({ code: 'ERR_BUFFER_TOO_LARGE' }));
});

it.each(['', 'null', '{"kind":"expense"}'])('bytes that hold "%s" are no row', (text) => {
  expect(() => stateToRow(gzipSync(text))).toThrow();
});
