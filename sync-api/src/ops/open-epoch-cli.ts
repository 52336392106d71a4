import { parseArgs } from 'node:util';
import { defaultSettings } from '@fintrack/sync-core/server';
import { openBlobStore } from '../blobs/open-blobs.ts';
import { createPoolUserFinder, createUserPoolClient } from '../cognito/user-pool.ts';
import { createChangeLog } from '../dynamodb/change-log.ts';
import { createDocumentClient } from '../dynamodb/document-client.ts';
import { clearRows, spacesInLog } from '../dynamodb/restored-tables.ts';
import { createRowStore } from '../dynamodb/row-store.ts';
import { createSpaceStore } from '../dynamodb/space-store.ts';
import { envNames } from '../env-names.ts';
import { readBlobPlace, readEnvironment } from '../environment.ts';
import { openEpochs } from './open-epochs.ts';

// After the log was restored from a backup, and with every function stopped: docs/runbook.md says when and how. Reads the
// environment of the materialiser. Prints one JSON line a space; ends with 1 if any failed.

const usage = 'npm run restore:open-epoch -- (--all | --space ID) [--delete-without-person]';

const { values } = parseArgs({
  options: { all: { type: 'boolean' }, space: { type: 'string' }, 'delete-without-person': { type: 'boolean' } },
});
if ((values.all === true) === (values.space !== undefined)) throw new Error(usage);

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
const opening = openEpochs(
  {
    history: {
      log: createChangeLog(client, environment.TABLE_SYNC_LOG),
      spaces: createSpaceStore(client, tables.syncState),
      blobs: openBlobStore(readBlobPlace()),
      settings: defaultSettings,
    },
    store: createRowStore(client, tables),
    clearRows: (space) => clearRows(client, tables, space),
    spacesInLog: () => spacesInLog(client, environment.TABLE_SYNC_LOG),
    isPerson: createPoolUserFinder(createUserPoolClient(), environment.USER_POOL_ID),
    deletesWithoutPerson: values['delete-without-person'] === true,
    now: Date.now,
  },
  values.space,
);
for await (const opened of opening) {
  if (opened.type === 'failed') process.exitCode = 1;
  const error = opened.type === 'failed' ? { error: String(opened.error) } : {};
  console.log(JSON.stringify({ ...opened, ...error }));
}
