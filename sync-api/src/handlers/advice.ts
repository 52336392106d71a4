import { setTimeout as delay } from 'node:timers/promises';
import { defaultSettings } from '@fintrack/sync-core/server';
import { openBlobReader } from '../blobs/open-blobs.ts';
import { createLogReader } from '../dynamodb/change-log.ts';
import { createDocumentClient } from '../dynamodb/document-client.ts';
import { createFactsReader } from '../dynamodb/feed-spaces.ts';
import { createLedgerReader } from '../dynamodb/ledger-reader.ts';
import { createItemLister } from '../dynamodb/listed-items.ts';
import { readApplied } from '../dynamodb/row-store.ts';
import { envNames } from '../env-names.ts';
import { readBlobPlace, readEnvironment } from '../environment.ts';
import { createHttpHandler } from '../http-handler.ts';
import { createLogger, writeLogLine } from '../log.ts';
import { createAdviceRoute } from '../routes/advice.ts';

const environment = readEnvironment([
  envNames.expenses,
  envNames.income,
  envNames.budgets,
  envNames.advice,
  envNames.syncLog,
  envNames.syncState,
  envNames.userPoolClientId,
]);
const client = createDocumentClient();
const logger = createLogger({ function: 'advice', now: Date.now, write: writeLogLine });
const history = {
  log: createLogReader(client, environment.TABLE_SYNC_LOG),
  spaces: createFactsReader(client, environment.TABLE_SYNC_STATE),
  blobs: openBlobReader(readBlobPlace()),
  settings: defaultSettings,
};
const route = createAdviceRoute({
  readLedger: createLedgerReader({
    listed: createItemLister(client, {
      expenses: environment.TABLE_EXPENSES,
      income: environment.TABLE_INCOME,
      budgets: environment.TABLE_BUDGETS,
      advice: environment.TABLE_ADVICE,
    }),
    applied: (space) => readApplied(client, environment.TABLE_SYNC_STATE, space),
    history,
    wait: delay,
    now: () => performance.now(),
    onFold: (space, { seq }) => logger.info('advice folds the log', { space, applied: seq }),
  }),
  tail: history.log.tail,
});

/** `GET /v1/advice` */
export const handler = createHttpHandler({
  route: (user, { query }) => route(user, query),
  clientId: environment.USER_POOL_CLIENT_ID,
  logger,
  now: Date.now,
});
