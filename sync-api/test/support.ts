import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Json, SpaceId } from '@fintrack/sync-core/protocol';
import { defaultSettings, type History, type Row } from '@fintrack/sync-core/server';
import { afterAll, beforeAll, vi } from 'vitest';
import { startTestEngine, type TestEngine } from '../../infra/local/dynamodb/test-engine.ts';
import { createFolderBlobStore } from '../src/blobs/folder-blobs.ts';
import { createChangeLog } from '../src/dynamodb/change-log.ts';
import { createDocumentClient } from '../src/dynamodb/document-client.ts';
import { createRowStore, type RowStoreTables } from '../src/dynamodb/row-store.ts';
import { createSpaceStore } from '../src/dynamodb/space-store.ts';

/** A space of its own keeps a test apart from the others on the same engine. */
export const freshSpace = (): SpaceId => randomUUID();

export const clientId = 'test-app-client';

/** A machine that runs every suite at once may take its time to answer; `timeout.test.ts` is about the real bounds. */
const patience = { connectionTimeout: 30_000, requestTimeout: 30_000 } as const;

/** The SDK client and table names of this file's engine; usable once the tests run. */
export type Cloud = {
  readonly engine: TestEngine;
  readonly client: DynamoDBDocumentClient;
  readonly tables: RowStoreTables & { readonly syncLog: string };
  /** Where handlers keep snapshots and archives. */
  readonly blobFolder: string;
};

/** Starts the real engine before the tests of a file and stops it after them. */
export const useCloud = (): (() => Cloud) => {
  vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });
  let cloud: Cloud | undefined;
  beforeAll(async () => {
    const engine = await startTestEngine();
    cloud = {
      engine,
      client: createDocumentClient({ ...engine.clientConfig, requestHandler: patience }),
      tables: tablesOf(engine),
      blobFolder: mkdtempSync(join(tmpdir(), 'fintrack-snapshots-')),
    };
  });
  afterAll(async () => {
    cloud?.client.destroy();
    if (cloud) rmSync(cloud.blobFolder, { recursive: true, force: true });
    await cloud?.engine.close();
  });
  return () => {
    if (!cloud) throw new Error('the engine has not started');
    return cloud;
  };
};

const tablesOf = ({ tableNames }: TestEngine): Cloud['tables'] => ({
  syncLog: tableNames.TABLE_SYNC_LOG,
  syncState: tableNames.TABLE_SYNC_STATE,
  users: tableNames.TABLE_USERS,
  expenses: tableNames.TABLE_EXPENSES,
  income: tableNames.TABLE_INCOME,
  budgets: tableNames.TABLE_BUDGETS,
  advice: tableNames.TABLE_ADVICE,
});

export const logOf = ({ client, tables }: Cloud) => createChangeLog(client, tables.syncLog);
export const rowsOf = ({ client, tables }: Cloud) => createRowStore(client, tables);
export const spacesOf = ({ client, tables }: Cloud) => createSpaceStore(client, tables.syncState);

/** Where `acceptPush` writes and `materialise` reads. */
export const feedOf = (cloud: Cloud, log = logOf(cloud)) => ({ log, spaces: spacesOf(cloud) });

export const historyOf = (cloud: Cloud, more: Partial<History> = {}): History => ({
  ...feedOf(cloud),
  blobs: createFolderBlobStore(cloud.blobFolder),
  settings: defaultSettings,
  ...more,
});

export const version = { seq: 3, at: 5, by: `000000000000000a:1:${'b'.repeat(16)}` };

/** A live row whose every group came with `version`. */
export const rowOf = (kind: string, id: string, values: Readonly<Record<string, Json>>): Row => ({
  kind,
  id,
  seq: version.seq,
  cells: Object.fromEntries(Object.entries(values).map(([group, value]) => [group, { value, version }])),
});

/** Sets what Lambda would set, before a handler's module is imported. */
export const setHandlerEnvironment = ({ engine, blobFolder }: Cloud): void => {
  const { region, credentials } = engine.clientConfig;
  Object.assign(process.env, engine.tableNames, {
    USER_POOL_CLIENT_ID: clientId,
    USER_POOL_ID: 'eu-west-1_test',
    SNAPSHOTS_FOLDER: blobFolder,
    AWS_ENDPOINT_URL_DYNAMODB: engine.endpoint,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  });
};

/** Keeps the lines of a handler's own logger off the screen; what they may hold is the logger's own test. */
export const silenceLog = (): void => {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
};

/** What an SDK call does instead of, or after, being sent. `command` is its name, such as `PutItemCommand`. */
export type Fault = (command: string, send: () => Promise<void>) => Promise<void>;

/**
 * A client whose calls go through `fault`: each whole call, or (`perTry`) each of the SDK's own tries of it. DynamoDB
 * Local neither throttles nor times out by itself.
 */
export const faultyClient = ({ engine }: Cloud, fault: Fault, perTry = false): DynamoDBDocumentClient => {
  const client = createDocumentClient({ ...engine.clientConfig, requestHandler: patience });
  const through = async <A, R>(command: string | undefined, next: (args: A) => Promise<R>, args: A): Promise<R> => {
    const answers: R[] = [];
    await fault(command ?? '', async () => {
      answers.push(await next(args));
    });
    const [answer] = answers;
    if (answer === undefined) throw new Error('a fault either sends or throws');
    return answer;
  };
  const { middlewareStack } = client;
  if (perTry) {
    middlewareStack.add(
      (next, { commandName }) =>
        (args) =>
          through(commandName, next, args),
      {
        step: 'finalizeRequest',
        priority: 'low',
        name: 'fault',
      },
    );
  } else {
    middlewareStack.add(
      (next, { commandName }) =>
        (args) =>
          through(commandName, next, args),
      {
        step: 'initialize',
        name: 'fault',
      },
    );
  }
  return client;
};

export const namedError = (name: string, more: object = {}): Error =>
  Object.assign(new Error('injected'), { name, $metadata: {}, ...more });

/** Text without repetition, the same for the same seed: packs to about three quarters. */
export const noise = (length: number, seed: number): string => {
  let state = seed * 2_654_435_761 + 1;
  let text = '';
  while (text.length < length) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    text += (state >>> 8).toString(36);
  }
  return text.slice(0, length);
};
