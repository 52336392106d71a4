import { defaultSettings } from '@fintrack/sync-core/server';
import { openBlobStore } from '../blobs/open-blobs.ts';
import { createPoolUserRemover, createUserPoolClient } from '../cognito/user-pool.ts';
import { createChangeLog } from '../dynamodb/change-log.ts';
import { createDocumentClient } from '../dynamodb/document-client.ts';
import { createRowAudit } from '../dynamodb/row-audit.ts';
import { createRowStore } from '../dynamodb/row-store.ts';
import { createSpaceStore } from '../dynamodb/space-store.ts';
import { createSweepPort, createUserRemover } from '../dynamodb/users.ts';
import { envNames } from '../env-names.ts';
import { readBlobPlace, readEnvironment } from '../environment.ts';
import { createLogger, writeLogLine } from '../log.ts';
import { createMaterialiseHandler } from '../materialise-handler.ts';

const environment = readEnvironment([
  envNames.syncLog,
  envNames.syncState,
  envNames.users,
  envNames.expenses,
  envNames.income,
  envNames.budgets,
  envNames.userPoolId,
]);
const client = createDocumentClient();
const tables = {
  users: environment.TABLE_USERS,
  syncState: environment.TABLE_SYNC_STATE,
  expenses: environment.TABLE_EXPENSES,
  income: environment.TABLE_INCOME,
  budgets: environment.TABLE_BUDGETS,
};
const removeUser = createUserRemover(client, tables.users);
const removePoolUser = createPoolUserRemover(createUserPoolClient(), environment.USER_POOL_ID);

/** Poked by the log's stream, and by a schedule for what a lost poke left behind. */
export const handler = createMaterialiseHandler({
  history: {
    log: createChangeLog(client, environment.TABLE_SYNC_LOG),
    spaces: createSpaceStore(client, tables.syncState),
    blobs: openBlobStore(readBlobPlace()),
    settings: defaultSettings,
  },
  store: createRowStore(client, tables),
  audit: createRowAudit(client, tables),
  sweepPort: createSweepPort(client, tables),
  removePerson: async (space) => {
    await removeUser(space);
    await removePoolUser(space);
  },
  logger: createLogger({ function: 'materialise', now: Date.now, write: writeLogLine }),
  now: Date.now,
});
