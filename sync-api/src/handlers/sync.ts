import { defaultSettings } from '@fintrack/sync-core/server';
import { openBlobReader } from '../blobs/open-blobs.ts';
import { createFeedLog } from '../dynamodb/change-log.ts';
import { createDocumentClient } from '../dynamodb/document-client.ts';
import { createFeedSpaces } from '../dynamodb/feed-spaces.ts';
import { envNames } from '../env-names.ts';
import { readBlobPlace, readEnvironment } from '../environment.ts';
import { createHttpHandler } from '../http-handler.ts';
import { createLogger, writeLogLine } from '../log.ts';
import { createSyncRoute } from '../routes/sync.ts';

const environment = readEnvironment([envNames.syncLog, envNames.syncState, envNames.userPoolClientId]);
const now = Date.now;
const logger = createLogger({ function: 'sync', now, write: writeLogLine });
const client = createDocumentClient();
const route = createSyncRoute({
  history: {
    log: createFeedLog(client, environment.TABLE_SYNC_LOG),
    spaces: createFeedSpaces(client, environment.TABLE_SYNC_STATE),
    blobs: openBlobReader(readBlobPlace()),
    settings: defaultSettings,
  },
  now,
  count: ({ changesAccepted, changesRejected, entriesServed, digestsDiffering }, { space }) => {
    if (digestsDiffering > 0) logger.info('digest differs', { space });
    logger.count({
      ChangesAccepted: changesAccepted,
      ChangesRejected: changesRejected,
      EntriesServed: entriesServed,
      DigestsDiffering: digestsDiffering,
    });
  },
});

/** `POST /v1/sync` */
export const handler = createHttpHandler({
  route: (user, { body }) => route(user, body),
  clientId: environment.USER_POOL_CLIENT_ID,
  logger,
  now,
});
