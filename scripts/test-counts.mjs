/**
 * @typedef {{ passed: number, failed: number }} Counts
 */

/**
 * Reads vitest's JSON report. A file that cannot be loaded, a skipped test and one left to do count as failed: none of
 * them proves anything. So does a run that fails for another reason than a test, or leaves no report.
 *
 * @param {string | undefined} report
 * @param {number | undefined} exitCode
 * @returns {Counts}
 */
export function vitestCounts(report, exitCode) {
  const result = parse(report);
  if (result === undefined) return { passed: 0, failed: 1 };
  const unloaded = result.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  );
  const failed = result.numFailedTests + result.numPendingTests + result.numTodoTests + unloaded.length;
  return atLeastOneFailed({ passed: result.numPassedTests, failed }, exitCode);
}

/**
 * Reads the last line of JSON that a runner printed, `{"passed":N,"failed":N}`.
 *
 * @param {string} stdout
 * @param {number | undefined} exitCode
 * @returns {Counts}
 */
export function lastLineCounts(stdout, exitCode) {
  const line = stdout.split('\n').findLast((text) => text.startsWith('{'));
  const counts = parse(line);
  if (!Number.isInteger(counts?.passed) || !Number.isInteger(counts?.failed)) return { passed: 0, failed: 1 };
  return atLeastOneFailed({ passed: counts.passed, failed: counts.failed }, exitCode);
}

function atLeastOneFailed({ passed, failed }, exitCode) {
  return { passed, failed: exitCode === 0 ? failed : Math.max(failed, 1) };
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
