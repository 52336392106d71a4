import { defineConfig } from 'vitest/config';

/** Every test that needs no page: `app/e2e` has a runner of its own. */
export default defineConfig({
  test: {
    environment: 'node',
    include: [
      'sync-api/**/*.test.ts',
      'advisor-core/**/*.test.ts',
      'app/**/*.test.{ts,tsx}',
      'infra/**/*.test.ts',
      'bench/**/*.test.ts',
      'scripts/**/*.test.mjs',
    ],
    exclude: ['**/node_modules/**', '**/dist/**', '**/dist-types/**', '**/cdk.out/**', 'app/e2e/**'],
    // Several files start a database engine or a browser: more at once only makes each slower.
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
