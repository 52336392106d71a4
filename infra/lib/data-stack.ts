import { indexNames, tableEnvNames } from '@fintrack/sync-api/env-names';
import { Stack, type StackProps } from 'aws-cdk-lib';
import { type Attribute, AttributeType, StreamViewType } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { DataTable } from './data-table.ts';
import { SnapshotBucket } from './snapshot-bucket.ts';
import type { Stage } from './stage.ts';

export interface DataStackProps extends StackProps {
  readonly stage: Stage;
}

/** The log, and the tables folded from it. The local cloud creates its tables from this stack's template. */
export class DataStack extends Stack {
  /** One row a person, keyed by the Cognito `sub`. */
  readonly users: DataTable;
  readonly expenses: DataTable;
  readonly income: DataTable;
  readonly budgets: DataTable;
  /** What people said about advice, and forecasts as they were made. */
  readonly advice: DataTable;
  /** The source of truth: one item a pushed batch, dense `seq` from 1 in each space, never rewritten. */
  readonly syncLog: DataTable;
  /** What the server keeps about a space beside its log: how far it is folded, snapshot pointer, replica archive. */
  readonly syncState: DataTable;
  /** Snapshots of ledgers, and what left the log. */
  readonly snapshots: SnapshotBucket;

  constructor(scope: Construct, id: string, { stage, ...props }: DataStackProps) {
    super(scope, id, { terminationProtection: stage.keepsData, ...props });
    this.users = new DataTable(this, 'Users', {
      stage,
      envName: tableEnvNames.users,
      partitionKey: text('id'),
      indexes: [{ name: indexNames.usersByEmail, partitionKey: text('email') }],
    });
    this.expenses = new DataTable(this, 'Expenses', {
      stage,
      envName: tableEnvNames.expenses,
      partitionKey: text('id'),
      indexes: [userIndex(indexNames.expensesByUserAndDate, 'date')],
    });
    this.income = new DataTable(this, 'Income', {
      stage,
      envName: tableEnvNames.income,
      partitionKey: text('id'),
      indexes: [userIndex(indexNames.incomeByUserAndDate, 'date')],
    });
    this.budgets = new DataTable(this, 'Budgets', {
      stage,
      envName: tableEnvNames.budgets,
      partitionKey: text('id'),
      indexes: [userIndex(indexNames.budgetsByUserAndMonth, 'month')],
    });
    this.advice = new DataTable(this, 'Advice', {
      stage,
      envName: tableEnvNames.advice,
      partitionKey: text('id'),
      indexes: [{ name: indexNames.adviceByUser, partitionKey: text('user_id') }],
    });
    this.syncLog = new DataTable(this, 'SyncLog', {
      stage,
      envName: tableEnvNames.syncLog,
      partitionKey: text('space'),
      sortKey: { name: 'seq', type: AttributeType.NUMBER },
      // The stream only says that a space has something to fold; the reader queries the log itself, strongly.
      stream: StreamViewType.KEYS_ONLY,
    });
    this.syncState = new DataTable(this, 'SyncState', {
      stage,
      envName: tableEnvNames.syncState,
      partitionKey: text('space'),
      sortKey: text('item'),
      expiryAttribute: 'expires_at',
    });
    this.snapshots = new SnapshotBucket(this, 'Snapshots', { stage });
  }
}

/** Sparse: a tombstone has lost its `user_id`, and with it its place in the index. */
function userIndex(name: string, sortKey: string): { name: string; partitionKey: Attribute; sortKey: Attribute } {
  return { name, partitionKey: text('user_id'), sortKey: text(sortKey) };
}

function text(name: string): Attribute {
  return { name, type: AttributeType.STRING };
}
