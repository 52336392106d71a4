import { defaultSettings } from '@fintrack/sync-core/server';
import { createPoolUserRemover, createUserPoolClient } from '../cognito/user-pool.ts';
import { createFeedLog } from '../dynamodb/change-log.ts';
import { createDeletionOpener } from '../dynamodb/deletions.ts';
import { createDocumentClient } from '../dynamodb/document-client.ts';
import { envNames } from '../env-names.ts';
import { readEnvironment } from '../environment.ts';
import { createHttpHandler } from '../http-handler.ts';
import { createLogger, writeLogLine } from '../log.ts';
import { createAccountRoute } from '../routes/account.ts';

const environment = readEnvironment([
  envNames.syncLog,
  envNames.syncState,
  envNames.userPoolId,
  envNames.userPoolClientId,
]);
const client = createDocumentClient();
const now = Date.now;

/** `DELETE /v1/account` */
export const handler = createHttpHandler({
  route: createAccountRoute({
    log: createFeedLog(client, environment.TABLE_SYNC_LOG),
    spaces: createDeletionOpener(client, environment.TABLE_SYNC_STATE),
    settings: defaultSettings,
    removePoolUser: createPoolUserRemover(createUserPoolClient(), environment.USER_POOL_ID),
    now,
  }),
  clientId: environment.USER_POOL_CLIENT_ID,
  logger: createLogger({ function: 'account', now, write: writeLogLine }),
  now,
});
