import { type EntryName, entries } from '@fintrack/sync-api/entries';
import { envNames } from '@fintrack/sync-api/env-names';
import type { Template } from 'aws-cdk-lib/assertions';
import { build } from 'esbuild';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { otherPermissions, resourcesOf, tablePermissions } from './resources.ts';
import { synthesize, type Templates } from './synthesize.ts';

let dev: Templates;
beforeAll(() => {
  dev = synthesize('dev');
}, 120_000);

describe.each<[EntryName, keyof Templates, idPrefix: string]>([
  ['sync', 'api', 'Sync'],
  ['history', 'api', 'History'],
  ['account', 'api', 'Account'],
  ['advice', 'api', 'Advice'],
  ['materialise', 'api', 'MaterialiserFunction'],
  ['postConfirmation', 'auth', 'PostConfirmation'],
])('the function %s', { timeout: 60_000 }, (entry, stack, idPrefix) => {
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  it('starts with the variables it is given', async () => {
    for (const name of Object.values(envNames)) vi.stubEnv(name, '');
    for (const name of variablesOf(dev[stack], idPrefix)) vi.stubEnv(name, 'given');
    vi.stubEnv('AWS_REGION', 'eu-west-1');
    const module: unknown = await import(entries[entry]);
    expect(module).toMatchObject({ handler: expect.any(Function) });
  });

  it('is granted the operations in its code, all and only', async () => {
    const tables = tablePermissions(dev[stack], idPrefix).filter((line) => !line.includes(' stream'));
    const granted = [...tables, ...otherPermissions(dev[stack], idPrefix)];
    const operations = new Set(granted.map((line) => line.split(' ')[0]));
    expect(operations).toEqual(await operationsIn(entries[entry]));
  });
});

function variablesOf(template: Template, idPrefix: string): readonly string[] {
  const functions = Object.entries(resourcesOf(template, 'AWS::Lambda::Function'));
  return functions
    .filter(([id]) => id.startsWith(idPrefix))
    .flatMap(([, { Environment }]) => Object.keys(Environment.Variables));
}

/** By the commands that the module and what it imports construct, once code without a use is dropped. */
async function operationsIn(entryPoint: string): Promise<ReadonlySet<string>> {
  const { outputFiles } = await build({
    entryPoints: [entryPoint],
    bundle: true,
    write: false,
    external: ['@aws-sdk/*'],
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
  });
  const code = outputFiles.map(({ text }) => text).join();
  // A name that several modules import has a number behind it in the bundle.
  const commands = [...code.matchAll(/new (\w+)Command\d*\(/g)].map(([, command]) => command);
  return new Set(commands.flatMap((command) => operationsOf[command ?? ''] ?? [`unknown ${command}`]));
}

/** The SDK's commands, by the IAM actions that each needs; those of DynamoDB without their service. */
const operationsOf: Readonly<Record<string, readonly string[]>> = {
  BatchGet: ['BatchGetItem'],
  BatchWrite: ['BatchWriteItem'],
  Delete: ['DeleteItem'],
  Get: ['GetItem'],
  Put: ['PutItem'],
  Query: ['Query'],
  Scan: ['Scan'],
  Update: ['UpdateItem'],
  // Who may not list is told of a missing object that it is forbidden.
  GetObject: ['s3:GetObject', 's3:ListBucket'],
  PutObject: ['s3:PutObject'],
  DeleteObjects: ['s3:DeleteObject'],
  ListObjectsV2: ['s3:ListBucket'],
  AdminDeleteUser: ['cognito-idp:AdminDeleteUser'],
};
