import { defaultSettings, type History } from '@fintrack/sync-core/server';
import { openBlobStore } from '../blobs/open-blobs.ts';
import { createUserPoolClient } from '../cognito/user-pool.ts';
import { createChangeLog } from '../dynamodb/change-log.ts';
import { createDocumentClient } from '../dynamodb/document-client.ts';
import { createRowStore } from '../dynamodb/row-store.ts';
import { createSpaceStore } from '../dynamodb/space-store.ts';
import { envNames } from '../env-names.ts';
import { readBlobPlace, readEnvironment } from '../environment.ts';

/**
 * All that is kept of accounts, to read and write: for the materialiser, and for commands that are run with its
 * environment. Only a composition root calls this, once.
 */
export const wireAccountStores = () => {
  const environment = readEnvironment([
    envNames.syncLog,
    envNames.syncState,
    envNames.users,
    envNames.expenses,
    envNames.income,
    envNames.budgets,
    envNames.advice,
    envNames.userPoolId,
  ]);
  const client = createDocumentClient();
  const tables = {
    syncLog: environment.TABLE_SYNC_LOG,
    users: environment.TABLE_USERS,
    syncState: environment.TABLE_SYNC_STATE,
    expenses: environment.TABLE_EXPENSES,
    income: environment.TABLE_INCOME,
    budgets: environment.TABLE_BUDGETS,
    advice: environment.TABLE_ADVICE,
  };
  const history: History = {
    log: createChangeLog(client, tables.syncLog),
    spaces: createSpaceStore(client, tables.syncState),
    blobs: openBlobStore(readBlobPlace()),
    settings: defaultSettings,
  };
  return {
    client,
    tables,
    history,
    store: createRowStore(client, tables),
    userPool: { client: createUserPoolClient(), id: environment.USER_POOL_ID },
  };
};
