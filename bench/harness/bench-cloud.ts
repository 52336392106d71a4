import { startTestEngine } from '../../infra/local/dynamodb/test-engine.ts';
import { loadFunction, setFunctionEnvironment } from '../../infra/local/functions.ts';
import { invoke, type LambdaFunction } from '../../infra/local/gateway/invoke.ts';
import { createTestIssuer, type TestIssuer } from '../../infra/local/gateway/test-tokens.ts';
import { startUnitCounter, type UnitsByTable } from './unit-counter.ts';

/** The deployed functions over AWS's own engine in memory. A process can have one. */
export type BenchCloud = {
  readonly issuer: TestIssuer;
  readonly sync: LambdaFunction;
  /** Brings the tables up to that account's log, as the log's stream does after every push. */
  readonly materialise: (space: string) => Promise<void>;
  readonly tableNames: Awaited<ReturnType<typeof startTestEngine>>['tableNames'];
  readonly takeWriteUnits: () => UnitsByTable;
  readonly close: () => Promise<void>;
};

export const startBenchCloud = async (): Promise<BenchCloud> => {
  const engine = await startTestEngine();
  const counter = await startUnitCounter(engine.endpoint);
  const issuer = createTestIssuer();
  setFunctionEnvironment({
    databaseEndpoint: counter.endpoint,
    tableNames: engine.tableNames,
    userPoolClientId: issuer.clientId,
  });
  // The functions write their log there.
  process.stderr.write = () => true;
  const materialise = await loadFunction('materialise');
  return {
    issuer,
    sync: await loadFunction('sync'),
    materialise: (space) => materialiseOnce(materialise, space),
    tableNames: engine.tableNames,
    takeWriteUnits: counter.take,
    close: async () => {
      await counter.close();
      await engine.close();
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
