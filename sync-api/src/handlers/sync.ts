import { type BlobStore, defaultSettings } from '@fintrack/sync-core/server';
import { createChangeLog } from '../dynamodb/change-log.ts';
import { createDocumentClient } from '../dynamodb/document-client.ts';
import { createSpaceStore } from '../dynamodb/space-store.ts';
import { envNames } from '../env-names.ts';
import { readEnvironment } from '../environment.ts';
import { createHttpHandler } from '../http-handler.ts';
import { createLogger, writeLogLine } from '../log.ts';
import { createSyncRoute } from '../routes/sync.ts';

const environment = readEnvironment([envNames.syncLog, envNames.syncState, envNames.userPoolClientId]);
const noBlobs: BlobStore = {
  write: async () => undefined,
  read: async () => undefined,
  names: async () => [],
  remove: async () => undefined,
};
const now = Date.now;
const logger = createLogger({ function: 'sync', now, write: writeLogLine });
const client = createDocumentClient();
const route = createSyncRoute({
  history: {
    log: createChangeLog(client, environment.TABLE_SYNC_LOG),
    spaces: createSpaceStore(client, environment.TABLE_SYNC_STATE),
    blobs: noBlobs,
    settings: defaultSettings,
  },
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
