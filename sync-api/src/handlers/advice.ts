import { createLogReader } from '../dynamodb/change-log.ts';
import { createDocumentClient } from '../dynamodb/document-client.ts';
import { createLedgerReader } from '../dynamodb/ledger-reader.ts';
import { readApplied } from '../dynamodb/row-store.ts';
import { envNames } from '../env-names.ts';
import { readEnvironment } from '../environment.ts';
import { createHttpHandler } from '../http-handler.ts';
import { createLogger, writeLogLine } from '../log.ts';
import { createAdviceRoute } from '../routes/advice.ts';

const environment = readEnvironment([
  envNames.expenses,
  envNames.income,
  envNames.budgets,
  envNames.syncLog,
  envNames.syncState,
  envNames.userPoolClientId,
]);
const client = createDocumentClient();
const route = createAdviceRoute({
  ledger: createLedgerReader(client, {
    expenses: environment.TABLE_EXPENSES,
    income: environment.TABLE_INCOME,
    budgets: environment.TABLE_BUDGETS,
  }),
  applied: (space) => readApplied(client, environment.TABLE_SYNC_STATE, space),
  tail: createLogReader(client, environment.TABLE_SYNC_LOG).tail,
});

/** `GET /v1/advice` */
export const handler = createHttpHandler({
  route: (user, { query }) => route(user, query),
  clientId: environment.USER_POOL_CLIENT_ID,
  logger: createLogger({ function: 'advice', now: Date.now, write: writeLogLine }),
  now: Date.now,
});
