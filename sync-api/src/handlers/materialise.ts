import { createChangeLog } from '../dynamodb/change-log.ts';
import { createDocumentClient } from '../dynamodb/document-client.ts';
import { createRowStore } from '../dynamodb/row-store.ts';
import { createSpaceStore } from '../dynamodb/space-store.ts';
import { createSweepPort } from '../dynamodb/users.ts';
import { envNames } from '../env-names.ts';
import { readEnvironment } from '../environment.ts';
import { createLogger, writeLogLine } from '../log.ts';
import { createMaterialiseHandler } from '../materialise-handler.ts';

const environment = readEnvironment([
  envNames.syncLog,
  envNames.syncState,
  envNames.users,
  envNames.expenses,
  envNames.income,
  envNames.budgets,
]);
const client = createDocumentClient();
const users = environment.TABLE_USERS;
const syncState = environment.TABLE_SYNC_STATE;

/** Poked by the log's stream, and by a schedule for what a lost poke left behind. */
export const handler = createMaterialiseHandler({
  log: createChangeLog(client, environment.TABLE_SYNC_LOG),
  spaces: createSpaceStore(client, syncState),
  store: createRowStore(client, {
    users,
    syncState,
    expenses: environment.TABLE_EXPENSES,
    income: environment.TABLE_INCOME,
    budgets: environment.TABLE_BUDGETS,
  }),
  sweepPort: createSweepPort(client, { users, syncState }),
  logger: createLogger({ function: 'materialise', now: Date.now, write: writeLogLine }),
});
