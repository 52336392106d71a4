import { createChangeLog } from '../dynamodb/change-log.ts';
import { createDocumentClient } from '../dynamodb/document-client.ts';
import { envNames } from '../env-names.ts';
import { readEnvironment } from '../environment.ts';
import { createHttpHandler } from '../http-handler.ts';
import { createLogger, writeLogLine } from '../log.ts';
import { createSyncRoute } from '../routes/sync.ts';

const environment = readEnvironment([envNames.syncLog, envNames.userPoolClientId]);
const now = Date.now;
const logger = createLogger({ function: 'sync', now, write: writeLogLine });
const route = createSyncRoute({
  log: createChangeLog(createDocumentClient(), environment.TABLE_SYNC_LOG),
  now,
  count: ({ changesAccepted, changesRejected, entriesServed }) =>
    logger.count({
      ChangesAccepted: changesAccepted,
      ChangesRejected: changesRejected,
      EntriesServed: entriesServed,
    }),
});

/** `POST /v1/sync` */
export const handler = createHttpHandler({
  route: (user, { body }) => route(user, body),
  clientId: environment.USER_POOL_CLIENT_ID,
  logger,
  now,
});
