import { indexNames } from '@fintrack/sync-api/env-names';
import { Duration } from 'aws-cdk-lib';
import type { IUserPool } from 'aws-cdk-lib/aws-cognito';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { grantUserRemoval } from './auth-stack.ts';
import type { DataStack } from './data-stack.ts';
import { ServiceFunction } from './service-function.ts';
import type { Stage } from './stage.ts';

export interface MaterialiserProps {
  readonly stage: Stage;
  readonly data: DataStack;
  /** Whoever deletes an account leaves it. */
  readonly userPool: IUserPool;
  /** Path of the handler. */
  readonly entry: string;
}

/** Folds the log into the tables, takes snapshots, archives, deletes accounts: poked by the log's stream, and by a clock for whatever a lost poke left behind. */
export class Materialiser extends Construct {
  readonly function: ServiceFunction;
  /** Pokes that failed to the last try. Only the keys of log entries; their spaces are healed by the next sweep. */
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, { stage, data, userPool, entry }: MaterialiserProps) {
    super(scope, id);
    this.function = new ServiceFunction(this, 'Function', {
      stage,
      entry,
      description: 'Folds the log of each space that changed into the tables, and keeps its snapshots and archives',
      // Nobody waits for it; a year imported at once is some ten thousand row writes.
      timeout: Duration.minutes(2),
      // A snapshot holds the whole ledger at once: one of 100,000 entries takes 700 MB while it is written and read back.
      memorySize: 2048,
    });
    this.#grantTables(data);
    data.snapshots.grantTexts(this.function, 'GetObject', 'PutObject', 'DeleteObject');
    grantUserRemoval(this.function, userPool);
    this.deadLetters = new Queue(this, 'DeadLetters', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    this.#followStream(data);
    new Rule(this, 'Sweep', {
      description: 'Pokes the materialiser for spaces whose poke was lost',
      schedule: Schedule.rate(Duration.minutes(5)),
      targets: [new LambdaFunction(this.function, { retryAttempts: 2, maxEventAge: Duration.minutes(5) })],
    });
  }

  #grantTables(data: DataStack): void {
    // It removes what was archived or belongs to a deleted account, and can write no entry: not by batches either.
    data.syncLog.grantItems(this.function, 'Query', 'GetItem', 'DeleteItem');
    data.syncState.grantItems(this.function, 'GetItem', 'PutItem', 'Query', 'DeleteItem', 'BatchWriteItem');
    for (const table of [data.expenses, data.income, data.budgets, data.advice]) {
      table.grantItems(this.function, 'BatchGetItem', 'PutItem', 'DeleteItem', 'BatchWriteItem');
    }
    data.expenses.grantIndexQuery(this.function, indexNames.expensesByUserAndDate);
    data.income.grantIndexQuery(this.function, indexNames.incomeByUserAndDate);
    data.budgets.grantIndexQuery(this.function, indexNames.budgetsByUserAndMonth);
    data.advice.grantIndexQuery(this.function, indexNames.adviceByUser);
    // A row of Users has two writers, so it is updated; and the sweep goes through it to find the spaces there are.
    data.users.grantItems(this.function, 'BatchGetItem', 'UpdateItem', 'DeleteItem', 'Scan');
  }

  #followStream({ syncLog }: DataStack): void {
    syncLog.table.grantStreamRead(this.function);
    this.function.addEventSourceMapping('SyncLogStream', {
      ...(syncLog.table.tableStreamArn && { eventSourceArn: syncLog.table.tableStreamArn }),
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 100,
      // Entries of one space stay in order; different spaces of a shard are folded side by side.
      parallelizationFactor: 4,
      // A batch that fails is halved until the one bad entry stands alone, so that it delays nobody else for long.
      bisectBatchOnError: true,
      // The handler folds what it can of a batch, and names only what is left.
      reportBatchItemFailures: true,
      retryAttempts: 10,
      maxRecordAge: Duration.hours(6),
      onFailure: new SqsDlq(this.deadLetters),
    });
  }
}
