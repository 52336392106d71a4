import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runConformanceFlow } from './conformance-flow.ts';
import { startTestPool } from './test-pool.ts';

it('aws-amplify passes every step in Node', { timeout: 120_000 }, async () => {
  await using pool = await startTestPool();
  const { cognito, clock } = pool;
  const steps = await runConformanceFlow({
    endpoint: cognito.url,
    userPoolId: cognito.userPoolId,
    clientId: cognito.clientId,
    email: 'ana@example.com',
    readCode: async (to) => pool.newestCode(to),
    nowMs: async () => clock.nowMs,
    advance: async (durationMs) => {
      clock.nowMs += durationMs;
    },
  });
  expect(steps.filter(({ failure }) => failure !== undefined)).toEqual([]);
  expect(steps.length).toBeGreaterThan(20);
  const kept = readdirSync(pool.stateDir).map((name) => readFileSync(join(pool.stateDir, name), 'utf8'));
  expect(kept.join('\n')).not.toMatch(/Kettle/i);
});
