/** Each table's environment variable; its value is the physical table name. The infra package sets what a function may read. */
export const tableEnvNames = {
  users: 'TABLE_USERS',
  expenses: 'TABLE_EXPENSES',
  income: 'TABLE_INCOME',
  budgets: 'TABLE_BUDGETS',
  advice: 'TABLE_ADVICE',
  syncLog: 'TABLE_SYNC_LOG',
  syncState: 'TABLE_SYNC_STATE',
} as const;

/** Every environment variable that a handler may read. */
export const envNames = {
  ...tableEnvNames,
  /** The app client whose tokens are accepted: the handler compares an access token's `client_id` with it. */
  userPoolClientId: 'USER_POOL_CLIENT_ID',
  userPoolId: 'USER_POOL_ID',
  /** Where snapshots and archives are: in AWS the name of a bucket, on a machine of its own the path of a folder. */
  snapshotsBucket: 'SNAPSHOTS_BUCKET',
  snapshotsFolder: 'SNAPSHOTS_FOLDER',
} as const;

/**
 * Names of the global secondary indexes, each spelling its keys. Reads through them are eventually consistent.
 * A row without the partition attribute (a tombstone has no `user_id`) is not in the index.
 */
export const indexNames = {
  usersByEmail: 'email',
  expensesByUserAndDate: 'user_id-date',
  incomeByUserAndDate: 'user_id-date',
  budgetsByUserAndMonth: 'user_id-month',
  adviceByUser: 'user_id',
} as const;

export type TableEnvName = (typeof tableEnvNames)[keyof typeof tableEnvNames];
export type EnvName = (typeof envNames)[keyof typeof envNames];
