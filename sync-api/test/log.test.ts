import { describe, expect, it } from 'vitest';
import { createLogger, type LogFields } from '../src/log.ts';

const logged = () => {
  const lines: string[] = [];
  const logger = createLogger({ function: 'sync', now: () => 1_764_000_000_000, write: (line) => lines.push(line) });
  return { logger, lines };
};

const secrets = {
  amount: 1240,
  amountMinor: 1240,
  description: 'Coffee with Anna',
  email: 'anna@example.org',
  authorization: 'Bearer eyJhbGciOi.eyJzdWIi.c2ln',
  body: '{"push":1}',
};
const leaks = /1240|12\.40|Coffee|Anna|anna|example\.org|Bearer|eyJ|push/;

describe('the log', () => {
  it('is JSON lines of what the list allows', () => {
    const { logger, lines } = logged();
    const space = '0b0c1f3e-6f1a-4f6e-9d2b-0a4c8e6f1a2b';
    logger.info('request answered', { requestId: 'Jf8s=', space, status: 200, durationMs: 12, refusal: 'stale' });
    expect(JSON.parse(lines[0] ?? '')).toEqual({
      level: 'info',
      message: 'request answered',
      function: 'sync',
      at: 1_764_000_000_000,
      requestId: 'Jf8s=',
      space,
      status: 200,
      durationMs: 12,
      refusal: 'stale',
    });
  });

  it('takes no field that is not listed, whatever a caller hands over', () => {
    const { logger, lines } = logged();
    const fields: LogFields & typeof secrets = { status: 200, ...secrets };
    logger.info('request answered', fields);
    logger.error('request failed', new Error('x'), fields);
    expect(lines).toHaveLength(2);
    expect(lines.join('\n')).not.toMatch(leaks);
  });

  it('takes no text in a listed field that is no id, and no name that is unknown', () => {
    const { logger, lines } = logged();
    const fields = { requestId: secrets.description, space: secrets.email, refusal: 'fork' as const };
    logger.info('request answered', { ...fields, status: Number.NaN });
    logger.info('request answered', { requestId: secrets.authorization, space: secrets.body });
    expect(lines.join('\n')).not.toMatch(leaks);
    expect(JSON.parse(lines[0] ?? '')).not.toHaveProperty('status');
  });

  it('of an error and its causes tells class and code positions, never the words', () => {
    const { logger, lines } = logged();
    const quoting = new SyntaxError(`Unexpected token in JSON: ${secrets.description}\n    at ${secrets.email}:1:1`);
    const error = new TypeError(secrets.body, { cause: quoting });
    logger.error('request failed', error, {});
    logger.error('request failed', Object.assign(new Error('x'), { name: secrets.description }), {});
    logger.error('request failed', secrets.description, {});
    expect(lines.join('\n')).not.toMatch(leaks);
    const [first] = lines.map((line) => JSON.parse(line));
    expect(first.error.map((cause: { name: string }) => cause.name)).toEqual(['TypeError', 'SyntaxError']);
    expect(first.error[0].frames[0]).toMatch(/^log\.test\.ts:\d+:\d+$/);
  });

  it("counts in CloudWatch's embedded format, listed metrics only and no zeros", () => {
    const { logger, lines } = logged();
    const metrics = { ChangesAccepted: 3, ChangesRejected: 0, Amount: 1240 };
    logger.count(metrics);
    logger.count({ EntriesServed: 0 });
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      {
        _aws: {
          Timestamp: 1_764_000_000_000,
          CloudWatchMetrics: [
            {
              Namespace: 'FinTrack',
              Dimensions: [['Function']],
              Metrics: [{ Name: 'ChangesAccepted', Unit: 'Count' }],
            },
          ],
        },
        Function: 'sync',
        ChangesAccepted: 3,
      },
    ]);
  });
});
