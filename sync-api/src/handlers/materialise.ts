import { createPoolUserRemover } from '../cognito/user-pool.ts';
import { createRowAudit } from '../dynamodb/row-audit.ts';
import { createSweepPort, createUserRemover } from '../dynamodb/users.ts';
import { createLogger, writeLogLine } from '../log.ts';
import { createMaterialiseHandler } from '../materialise-handler.ts';
import { wireAccountStores } from '../wiring/account-stores.ts';

const { client, tables, history, store, userPool } = wireAccountStores();
const removeUser = createUserRemover(client, tables.users);
const removePoolUser = createPoolUserRemover(userPool.client, userPool.id);

/** Poked by the log's stream, and by a schedule for what a lost poke left behind. */
export const handler = createMaterialiseHandler({
  history,
  store,
  audit: createRowAudit(client, tables),
  sweepPort: createSweepPort(client, tables),
  removePerson: async (space) => {
    await removeUser(space);
    await removePoolUser(space);
  },
  logger: createLogger({ function: 'materialise', now: Date.now, write: writeLogLine }),
  now: Date.now,
});
