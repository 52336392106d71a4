import { describe, expect, it } from 'vitest';
import { findViolations } from './boundaries/find-violations.mjs';
import { importsOf } from './boundaries/imports.mjs';
import { maskCode } from './boundaries/mask-code.mjs';
import { workspaces } from './boundaries/places.mjs';

const packages = ['react', 'dexie', 'aws-amplify', 'workbox-window', '@aws-sdk/client-dynamodb', 'valibot', 'vitest'];
const declared = new Map(workspaces.map(({ name }) => [name, new Set(packages)]));

function messagesFor(file, code) {
  return findViolations(new Map([[file, code]]), declared).map(({ message }) => message);
}

function importing(file, specifier) {
  return messagesFor(file, `import { x } from '${specifier}';`);
}

describe('an import is let through', () => {
  it.each([
    ['sync-api/core/src/client/step.ts', '../protocol/ids.ts'],
    ['sync-api/core/src/client/step.ts', '../fold.ts'],
    ['sync-api/core/src/testing/simulation.ts', '../server/ports.ts'],
    ['sync-api/core/src/protocol/parse.ts', 'valibot'],
    ['sync-api/core/src/testing/sim-cli.ts', 'node:util'],
    ['advisor-core/src/advise.ts', '@fintrack/sync-core/protocol/money'],
    ['advisor-core/src/advise.test.ts', './testing/ledger-builder.ts'],
    ['sync-api/src/handlers/sync.ts', '../dynamodb/change-log.ts'],
    ['sync-api/src/routes/sync.ts', '@fintrack/sync-core/server'],
    ['sync-api/src/dynamodb/users.ts', '@aws-sdk/client-dynamodb'],
    ['sync-api/test/log.test.ts', '@fintrack/sync-core/testing'],
    ['sync-api/test/log.test.ts', '../../infra/local/dynamodb/test-engine.ts'],
    ['app/src/main.tsx', './platform/clock.ts'],
    ['app/src/app/routes.tsx', '../features/budgets/screen.tsx'],
    ['app/src/features/budgets/screen.tsx', './row.tsx'],
    ['app/src/features/budgets/screen.tsx', '../../ui/icon.tsx'],
    ['app/src/features/budgets/screen.tsx', '../../model/ledger.ts'],
    ['app/src/data/database.ts', 'dexie'],
    ['app/src/platform/auth.ts', 'aws-amplify/auth'],
    ['app/e2e/run.ts', '../../infra/local/cloud-process.ts'],
    ['infra/lib/data-stack.ts', '@fintrack/sync-api/env-names'],
  ])('%s imports %s', (file, specifier) => {
    expect(importing(file, specifier)).toEqual([]);
  });
});

describe('an import is refused', () => {
  it.each([
    // Between workspaces
    ['sync-api/core/src/fold.ts', '@fintrack/advisor-core'],
    ['sync-api/core/src/fold.ts', '@fintrack/sync-api/env-names'],
    ['advisor-core/src/advise.ts', '@fintrack/sync-core/protocol'],
    ['advisor-core/src/advise.ts', '@fintrack/sync-core/client'],
    ['advisor-core/src/advise.ts', '@fintrack/app'],
    ['sync-api/src/routes/sync.ts', '@fintrack/sync-core/client'],
    ['sync-api/src/routes/sync.ts', '@fintrack/sync-core/testing'],
    ['sync-api/src/routes/sync.ts', '@fintrack/app'],
    ['sync-api/src/routes/sync.ts', '../../../infra/local/cloud.ts'],
    ['app/src/data/client-store.ts', '@fintrack/sync-core/server'],
    ['app/src/data/client-store.ts', '@fintrack/sync-core/testing'],
    ['app/src/data/client-store.ts', '@fintrack/sync-api/env-names'],
    ['app/src/data/client-store.ts', '../../../infra/lib/stage.ts'],
    ['infra/lib/data-stack.ts', '@fintrack/sync-core/protocol'],
    ['infra/lib/data-stack.ts', '@fintrack/advisor-core'],
    ['infra/local/functions.ts', '@fintrack/sync-api/handlers/sync'],
    ['infra/lib/web-stack.ts', '../../app/src/main.tsx'],
    // By the wrong kind of path
    ['app/src/data/client-store.ts', '../../../sync-api/core/src/client/index.ts'],
    ['app/src/data/client-store.ts', '@fintrack/app/src/model/ledger.ts'],
    // Inside the cores
    ['sync-api/core/src/client/step.ts', '../server/ports.ts'],
    ['sync-api/core/src/server/ports.ts', '../client/step.ts'],
    ['sync-api/core/src/protocol/parse.ts', '../client/step.ts'],
    ['sync-api/core/src/fold.ts', './testing/memory-store.ts'],
    ['sync-api/core/src/fold.ts', 'node:crypto'],
    ['advisor-core/src/advise.ts', 'node:fs'],
    ['advisor-core/src/advise.ts', './testing/ledger-builder.ts'],
    // Inside sync-api
    ['sync-api/src/routes/sync.ts', '../handlers/sync.ts'],
    ['sync-api/src/routes/sync.ts', '../dynamodb/change-log.ts'],
    ['sync-api/src/dynamodb/change-log.ts', '../handlers/sync.ts'],
    ['sync-api/src/routes/sync.ts', '@aws-sdk/client-dynamodb'],
    ['sync-api/src/handlers/sync.ts', '@aws-sdk/client-dynamodb'],
    // Inside the app
    ['app/src/features/budgets/screen.tsx', '../dashboard/hero.tsx'],
    ['app/src/features/budgets/screen.tsx', '../../sync/start.ts'],
    ['app/src/features/budgets/screen.tsx', '../../platform/clock.ts'],
    ['app/src/features/budgets/screen.tsx', '../../app/routes.tsx'],
    ['app/src/features/budgets/screen.tsx', '../../data/database.ts'],
    ['app/src/ui/icon.tsx', '../features/budgets/screen.tsx'],
    ['app/src/ui/icon.tsx', '../app/routes.tsx'],
    ['app/src/app/routes.tsx', '../platform/clock.ts'],
    ['app/src/app/routes.tsx', '../sync/start.ts'],
    ['app/src/model/ledger.ts', '../data/database.ts'],
    ['app/src/features/budgets/screen.tsx', 'dexie'],
    ['app/src/sync/transport.ts', 'aws-amplify/auth'],
    ['app/src/main.tsx', 'workbox-window'],
    ['app/src/data/database.ts', 'node:fs'],
    ['app/src/helpers/other.ts', './more.ts'],
    // Not in the package.json
    ['app/src/ui/icon.tsx', 'left-pad'],
  ])('%s imports %s', (file, specifier) => {
    expect(importing(file, specifier)).toHaveLength(1);
  });
});

describe('every way to name a module is seen', () => {
  it.each([
    "import 'a';",
    "import type { X } from 'a';",
    'import {\n  x,\n  y as z,\n} from "a";',
    "export { x } from 'a';",
    "export * as all from 'a';",
    "const later = import('a');",
    "const later = await import(\n  'a'\n);",
    "type X = typeof import('a');",
    "const old = require('a');",
    "const slash = /['\"`]/; import 'a';",
    "const ratio = total / count; import 'a'; const half = 1 / 2;",
    "const text = `${cond ? `${{ a: 1 }}` : '}'}`; import 'a';",
    "const it = <p>don't</p>;\nimport 'a';",
  ])('%j', (code) => {
    expect(importsOf(code).map(({ specifier }) => specifier)).toEqual(['a']);
  });

  it.each([
    "// import 'a';",
    "/* import 'a';\n */",
    'const text = "import \'a\'";',
    "const text = `import 'a'`;",
    "const pattern = /import 'a'/;",
  ])('and what only looks like one is not: %j', (code) => {
    expect(importsOf(code)).toEqual([]);
  });

  it('tells the line', () => {
    expect(importsOf("\n\nimport 'a';")).toEqual([{ specifier: 'a', line: 3 }]);
  });
});

describe('a core', () => {
  const files = ['sync-api/core/src/fold.ts', 'advisor-core/src/advise.ts'];

  it.each([
    'Date.now()',
    'new Date()',
    'new Date(ms)',
    'Math.random()',
    'crypto.randomUUID()',
    'crypto.subtle',
    'new Intl.NumberFormat()',
    'a.localeCompare(b)',
    'n.toLocaleString()',
    'fetch(url)',
    'setTimeout(f, 1)',
    'setInterval(f, 1)',
    "console.log('x')",
    'process.env',
    "process['env']",
    'globalThis.x',
    'performance.now()',
    '`${Date.now()}`',
  ])('may not say %s', (code) => {
    for (const file of files) expect(messagesFor(file, `const x = ${code};`)).not.toEqual([]);
  });

  it.each([
    '// Date.now() is not asked',
    "const text = 'Math.random()';",
    'transport.fetch(request)',
    'const process = (entry) => entry;',
    'type Props = { readonly console: string };',
  ])('may say %s', (code) => {
    for (const file of files) expect(messagesFor(file, code)).toEqual([]);
  });

  it('is free to in its command line and its tests', () => {
    expect(messagesFor('sync-api/core/src/testing/sim-cli.ts', 'Date.now();')).toEqual([]);
    expect(messagesFor('advisor-core/src/advise.test.ts', 'Date.now();')).toEqual([]);
    expect(messagesFor('sync-api/core/src/testing/simulation.ts', 'Date.now();')).toHaveLength(1);
  });
});

it('what is masked keeps its length and its lines', () => {
  const code = "a('b\\'c') // d\n`e${f}g` /* h\n */ 😀 i";
  expect(maskCode(code)).toHaveLength(code.length);
  expect(maskCode(code).split('\n')).toHaveLength(code.split('\n').length);
});
