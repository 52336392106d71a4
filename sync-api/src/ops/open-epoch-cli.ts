import { parseArgs } from 'node:util';
import { createPoolUserFinder } from '../cognito/user-pool.ts';
import { clearRows, spacesInLog } from '../dynamodb/restored-tables.ts';
import { wireAccountStores } from '../wiring/account-stores.ts';
import { openEpochs } from './open-epochs.ts';

// After the log was restored from a backup, and with every function stopped: docs/runbook.md says when and how. Reads the
// environment of the materialiser. Prints one JSON line a space; ends with 1 if any failed.

const usage = 'npm run restore:open-epoch -- (--all | --space ID) [--delete-without-person]';

const { values } = parseArgs({
  options: { all: { type: 'boolean' }, space: { type: 'string' }, 'delete-without-person': { type: 'boolean' } },
});
if ((values.all === true) === (values.space !== undefined)) throw new Error(usage);

const { client, tables, history, store, userPool } = wireAccountStores();
const opening = openEpochs(
  {
    history,
    store,
    clearRows: (space) => clearRows(client, tables, space),
    spacesInLog: () => spacesInLog(client, tables.syncLog),
    isPerson: createPoolUserFinder(userPool.client, userPool.id),
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
