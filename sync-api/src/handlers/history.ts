import { fail } from '@fintrack/sync-core/protocol';
import { defaultSettings } from '@fintrack/sync-core/server';
import { openBlobReader } from '../blobs/open-blobs.ts';
import { createLogReader } from '../dynamodb/change-log.ts';
import { createDocumentClient } from '../dynamodb/document-client.ts';
import { createFactsReader } from '../dynamodb/feed-spaces.ts';
import { envNames } from '../env-names.ts';
import { readBlobPlace, readEnvironment } from '../environment.ts';
import { createHttpHandler } from '../http-handler.ts';
import { createLogger, writeLogLine } from '../log.ts';
import { createHistoryRoute, createPartRoute, createReceiptRoute } from '../routes/history.ts';

const environment = readEnvironment([envNames.syncLog, envNames.syncState, envNames.userPoolClientId]);
const client = createDocumentClient();
const history = {
  log: createLogReader(client, environment.TABLE_SYNC_LOG),
  spaces: createFactsReader(client, environment.TABLE_SYNC_STATE),
  blobs: openBlobReader(readBlobPlace()),
  settings: defaultSettings,
};
const routes = new Map([
  ['/v1/snapshot', createPartRoute(history)],
  ['/v1/history', createHistoryRoute(history)],
  ['/v1/receipt', createReceiptRoute(history)],
]);

/** `POST /v1/snapshot`, `POST /v1/history`, `POST /v1/receipt`: all that is only read of a log and its archives. */
export const handler = createHttpHandler({
  route: async (user, { path, body }) => {
    const route = routes.get(path);
    return route ? route(user, body) : fail({ type: 'badRequest', message: 'There is nothing at this path.' });
  },
  clientId: environment.USER_POOL_CLIENT_ID,
  logger: createLogger({ function: 'history', now: Date.now, write: writeLogLine }),
  now: Date.now,
});
