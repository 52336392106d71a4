import { describe, expect, it } from 'vitest';
import { lastLineCounts, vitestCounts } from './test-counts.mjs';

describe('of a vitest report', () => {
  const report = (changes) =>
    JSON.stringify({
      numPassedTests: 5,
      numFailedTests: 0,
      numPendingTests: 0,
      numTodoTests: 0,
      testResults: [],
      ...changes,
    });
  const unloaded = { status: 'failed', assertionResults: [] };

  it.each([
    ['all passed', report(), 0, 5, 0],
    ['one failed', report({ numFailedTests: 1 }), 1, 5, 1],
    ['a skipped test counts as failed', report({ numPendingTests: 1 }), 0, 5, 1],
    ['a test to do counts as failed', report({ numTodoTests: 2 }), 0, 5, 2],
    ['a file that cannot be loaded counts as failed', report({ testResults: [unloaded, unloaded] }), 1, 5, 2],
    ['an error outside any test counts as failed', report(), 1, 5, 1],
    ['a killed run counts as failed', report(), undefined, 5, 1],
    ['no report counts as failed', undefined, 0, 0, 1],
  ])('%s', (_, text, code, passed, failed) => {
    expect(vitestCounts(text, code)).toEqual({ passed, failed });
  });
});

describe('of a runner’s last line', () => {
  it.each([
    ['it is read', 'ok a\n{"passed":3,"failed":0}\n', 0, 3, 0],
    ['failures are told', '{"passed":3,"failed":2}', 1, 3, 2],
    ['a bad end counts as failed', '{"passed":3,"failed":0}', 1, 3, 1],
    ['no line counts as failed', 'crashed', 0, 0, 1],
    ['another line counts as failed', '{"rows":3}', 0, 0, 1],
  ])('%s', (_, text, code, passed, failed) => {
    expect(lastLineCounts(text, code)).toEqual({ passed, failed });
  });
});
