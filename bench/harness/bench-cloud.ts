import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultSettings, takeSnapshot } from '@fintrack/sync-core/server';
import { startTestEngine } from '../../infra/local/dynamodb/test-engine.ts';
import { loadFunction, setFunctionEnvironment } from '../../infra/local/functions.ts';
import { invoke, type LambdaFunction } from '../../infra/local/gateway/invoke.ts';
import { createTestIssuer, type TestIssuer } from '../../infra/local/gateway/test-tokens.ts';
import { createFolderBlobStore } from '../../sync-api/src/blobs/folder-blobs.ts';
import { createChangeLog } from '../../sync-api/src/dynamodb/change-log.ts';
import { createDocumentClient } from '../../sync-api/src/dynamodb/document-client.ts';
import { createSpaceStore } from '../../sync-api/src/dynamodb/space-store.ts';
import { startUnitCounter, type UnitsByTable } from './unit-counter.ts';

/** The deployed functions over AWS's own engine in memory. A process can have one. */
export type BenchCloud = {
  readonly issuer: TestIssuer;
  readonly sync: LambdaFunction;
  /** Serves the parts of snapshots. */
  readonly history: LambdaFunction;
  /** Brings the tables up to that account's log, as the log's stream does after every push. */
  readonly materialise: (space: string) => Promise<void>;
  /** As the materialiser does once the tables are up to a position where one is due. */
  readonly takeSnapshot: (space: string) => Promise<void>;
  readonly tableNames: Awaited<ReturnType<typeof startTestEngine>>['tableNames'];
  readonly takeWriteUnits: () => UnitsByTable;
  readonly close: () => Promise<void>;
};

/** A busy machine may take its time; what is measured is not how long the engine takes. */
const patience = { connectionTimeout: 30_000, requestTimeout: 60_000 } as const;

export const startBenchCloud = async (): Promise<BenchCloud> => {
  const engine = await startTestEngine();
  const counter = await startUnitCounter(engine.endpoint);
  const issuer = createTestIssuer();
  const snapshotsFolder = mkdtempSync(join(tmpdir(), 'fintrack-bench-snapshots-'));
  setFunctionEnvironment({
    databaseEndpoint: counter.endpoint,
    tableNames: engine.tableNames,
    userPoolClientId: issuer.clientId,
    // Only the deletion of an account asks the pool for anything.
    userPoolId: 'eu-west-1_bench',
    userPoolEndpoint: 'http://127.0.0.1:9',
    snapshotsFolder,
  });
  // The functions write their log there.
  process.stderr.write = () => true;
  const materialise = await loadFunction('materialise');
  return {
    issuer,
    sync: await loadFunction('sync'),
    history: await loadFunction('history'),
    materialise: (space) => materialiseOnce(materialise, space),
    takeSnapshot: async (space) => {
      const client = createDocumentClient({ requestHandler: patience });
      const history = {
        log: createChangeLog(client, engine.tableNames.TABLE_SYNC_LOG),
        spaces: createSpaceStore(client, engine.tableNames.TABLE_SYNC_STATE),
        blobs: createFolderBlobStore(snapshotsFolder),
        settings: defaultSettings,
      };
      const taken = await takeSnapshot(history, space);
      client.destroy();
      if (!taken) throw new Error('no snapshot was due');
    },
    tableNames: engine.tableNames,
    takeWriteUnits: counter.take,
    close: async () => {
      await counter.close();
      await engine.close();
      rmSync(snapshotsFolder, { recursive: true, force: true });
    },
  };
};

const materialiseOnce = async (materialise: LambdaFunction, space: string): Promise<void> => {
  const record = { eventName: 'INSERT', dynamodb: { Keys: { space: { S: space } }, SequenceNumber: '1' } };
  const invoked = await invoke(materialise, { Records: [record] });
  if (invoked.type !== 'returned') throw new Error(`the materialiser ${invoked.type}`);
  const { batchItemFailures } = invoked.value as { readonly batchItemFailures: readonly unknown[] };
  if (batchItemFailures.length > 0) throw new Error('the materialiser is not done');
};
