import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import type { Jwks } from 'aws-jwt-verify/jwk';
import type { Mailbox } from './cognito/mailbox.ts';
import { type RunningCognito, startCognito } from './cognito/start-cognito.ts';
import { synthesizeDataTemplate } from './dynamodb/data-template.ts';
import { type DynamoDb, startDynamoDb } from './dynamodb/start-dynamodb.ts';
import { startStreamPoller } from './dynamodb/stream-poller.ts';
import { createTables, type LocalTableNames, localTableNames } from './dynamodb/tables-from-template.ts';
import { confirmUser, loadFunction, setFunctionEnvironment, streamHandler, sweepOnce } from './functions.ts';
import { createGateway } from './gateway/gateway.ts';
import type { LambdaFunction } from './gateway/invoke.ts';
import { createJwtAuthorizer } from './gateway/jwt-authorizer.ts';
import type { OnClose } from './on-close.ts';
import { onFreePort } from './ports.ts';

export const region = 'eu-west-1';

export interface Database extends DynamoDb {
  readonly tableNames: LocalTableNames;
}

/** The engine on disk, holding every table of the data stack. */
export async function startDatabase(stateDir: string, onClose: OnClose): Promise<Database> {
  const template = synthesizeDataTemplate();
  const engine = await startDynamoDb({ dir: join(stateDir, 'dynamodb') });
  onClose(engine.close);
  await createTables({ endpoint: engine.endpoint, template });
  return { ...engine, tableNames: localTableNames(template) };
}

export interface BackendOptions {
  readonly stateDir: string;
  readonly database: Database;
  readonly mailbox: Mailbox;
  readonly cognitoPort: number;
  /** Undefined at the first start of a state. */
  readonly issuer: string | undefined;
  /** Takes one line. */
  readonly log: (line: string) => void;
}

export interface Backend {
  readonly cognito: RunningCognito;
  readonly api: RequestListener;
}

/** Cognito, the deployed functions, and what calls them: the gateway, the stream, the schedule, the user pool. */
export async function startBackend(options: BackendOptions, onClose: OnClose): Promise<Backend> {
  const { stateDir, database, mailbox, cognitoPort, issuer, log } = options;
  // The function can only be loaded once the pool has told its client id.
  const late: { postConfirmation?: LambdaFunction } = {};
  const cognito = await onFreePort(cognitoPort, (port) =>
    startCognito({
      port,
      stateDir: join(stateDir, 'cognito'),
      issuer,
      deliver: mailbox.deliver,
      onConfirmed: async (user) => {
        if (late.postConfirmation === undefined) throw new Error('the local cloud is still starting');
        await confirmUser(late.postConfirmation, user, cognito.clientId);
      },
    }),
  );
  onClose(() => cognito.close());
  setFunctionEnvironment({
    databaseEndpoint: database.endpoint,
    tableNames: database.tableNames,
    userPoolId: cognito.userPoolId,
    userPoolClientId: cognito.clientId,
    userPoolEndpoint: cognito.url,
    snapshotsFolder: join(stateDir, 'snapshots'),
  });
  late.postConfirmation = await loadFunction('postConfirmation');
  await followLog(database, await loadFunction('materialise'), log, onClose);
  return { cognito, api: await createApi(cognito, log) };
}

async function createApi(cognito: RunningCognito, log: (line: string) => void): Promise<RequestListener> {
  const jwksUrl = `${cognito.url}/${cognito.userPoolId}/.well-known/jwks.json`;
  const history = await loadFunction('history');
  return createGateway({
    routes: {
      'POST /v1/sync': await loadFunction('sync'),
      'POST /v1/snapshot': history,
      'POST /v1/history': history,
      'POST /v1/receipt': history,
      'GET /v1/advice': await loadFunction('advice'),
      'DELETE /v1/account': await loadFunction('account'),
    },
    authorize: createJwtAuthorizer({
      issuer: cognito.issuer,
      clientId: cognito.clientId,
      loadJwks: async () => (await (await fetch(jwksUrl)).json()) as Jwks,
    }),
    log: (line) => log(JSON.stringify(line)),
    logError: (name, error) => log(`function ${name} failed: ${describe(error)}`),
  });
}

/** As the deployed schedule. */
const sweepEveryMs = 5 * 60 * 1000;

/** Feeds the log's stream and the sweeper's schedule to the materialiser. */
async function followLog(
  { endpoint, tableNames }: Database,
  materialise: LambdaFunction,
  log: (line: string) => void,
  onClose: OnClose,
): Promise<void> {
  const poller = await startStreamPoller({
    endpoint,
    tableName: tableNames.TABLE_SYNC_LOG,
    handler: streamHandler(materialise),
    log,
  });
  onClose(poller.close);
  const sweep = () => {
    sweepOnce(materialise, region).catch((error: unknown) => log(`sweep failed: ${describe(error)}`));
  };
  const timer = setInterval(sweep, sweepEveryMs);
  onClose(async () => clearInterval(timer));
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
