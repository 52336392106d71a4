import { CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import {
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  MathExpression,
  Metric,
  Stats,
  type IMetric,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Operation } from 'aws-cdk-lib/aws-dynamodb';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { AlarmSet, alarmPeriod } from './alarm-set.ts';
import type { ApiStack } from './api-stack.ts';
import type { AuthStack } from './auth-stack.ts';
import type { DataStack } from './data-stack.ts';
import type { DataTable } from './data-table.ts';
import type { ServiceFunction } from './service-function.ts';

export interface WatchStackProps extends StackProps {
  readonly data: DataStack;
  readonly auth: Pick<AuthStack, 'postConfirmation'>;
  readonly api: ApiStack;
}

/** What is measured, when somebody is called, and one page to look at. Whoever is on call subscribes to the topic. */
export class WatchStack extends Stack {
  constructor(scope: Construct, id: string, { data, auth, api, ...props }: WatchStackProps) {
    super(scope, id, props);
    const topic = new Topic(this, 'AlarmTopic', { displayName: 'FinTrack alarms', enforceSSL: true });
    const alarms = new AlarmSet(this, 'Alarms', topic);
    addFunctionAlarms(alarms, api, auth);
    addMaterialiserAlarms(alarms, api);
    addLifecycleAlarms(alarms);
    addApiAlarms(alarms, api);
    addTableAlarms(alarms, tablesOf(data));
    this.#createDashboard(alarms, { data, auth, api });
    new CfnOutput(this, 'AlarmTopicArn', { value: topic.topicArn });
  }

  #createDashboard(alarms: AlarmSet, { data, auth, api }: WatchStackProps): void {
    const functions = Object.entries(functionsOf(api, auth));
    const each = (metricOf: (handler: ServiceFunction) => Metric) =>
      functions.map(([label, handler]) => metricOf(handler).with({ label }));
    new Dashboard(this, 'Dashboard', {
      defaultInterval: Duration.days(1),
      widgets: [
        [new AlarmStatusWidget({ title: 'Alarms', width: 24, alarms: [...alarms.alarms] })],
        [
          new GraphWidget({ title: 'Requests', width: 8, left: [api.api.metricCount({ statistic: Stats.SUM })] }),
          new GraphWidget({
            title: 'Answer time, ms',
            width: 8,
            left: ['p50', 'p99'].map((statistic) => api.api.metricLatency({ statistic, label: statistic })),
          }),
          new GraphWidget({
            title: 'Refused and failed',
            width: 8,
            left: [api.api.metricClientError({ label: '4xx' }), api.api.metricServerError({ label: '5xx' })],
          }),
        ],
        [
          new GraphWidget({ title: 'Function errors', width: 8, left: each((handler) => handler.metricErrors()) }),
          new GraphWidget({
            title: 'Function time, p99 ms',
            width: 8,
            left: each((handler) => handler.metricDuration({ statistic: 'p99' })),
          }),
          new GraphWidget({ title: 'Materialiser behind, ms', width: 8, left: [iteratorAge(api)] }),
        ],
        [
          new GraphWidget({
            title: 'Write units',
            width: 24,
            left: tablesOf(data).map((table) =>
              table.table.metricConsumedWriteCapacityUnits({ label: table.node.id, statistic: Stats.SUM }),
            ),
          }),
        ],
      ],
    });
  }
}

function addFunctionAlarms(alarms: AlarmSet, api: ApiStack, auth: WatchStackProps['auth']): void {
  const functions = functionsOf(api, auth);
  const effects: Record<keyof typeof functions, string> = {
    sync: 'Devices cannot back up, and entries wait on them, because the function does not start or does not end.',
    history: 'New devices cannot load their ledger, and old versions of entries cannot be seen.',
    account: 'People who delete their account are told that it failed.',
    advice:
      'The server gives no advice, because the function does not start or does not end; devices compute their own.',
    materialise: 'The tables fall behind the log, because the function does not start or does not end.',
    'post-confirmation': 'People who confirm their address get an error instead of an account.',
  };
  for (const name of ['sync', 'history', 'account', 'advice', 'materialise', 'post-confirmation'] as const) {
    const metric = functions[name].metricErrors({ period: alarmPeriod });
    alarms.add({ section: `${name}-errors`, effect: effects[name], metric, above: 0 });
  }
  alarms.add({
    section: 'function-throttles',
    effect: 'Some requests are answered late or with 503, because the account runs as many functions as it may.',
    metric: sumOf(Object.values(functions).map((handler) => handler.metricThrottles({ period: alarmPeriod }))),
    above: 0,
  });
}

function addMaterialiserAlarms(alarms: AlarmSet, api: ApiStack): void {
  alarms.add({
    section: 'spaces-unfolded',
    effect: 'The tables of somebody have been behind their log for a quarter of an hour; devices do not notice.',
    metric: counted('materialise', 'SpacesFailed'),
    above: 0,
    periods: 3,
  });
  alarms.add({
    section: 'materialiser-behind',
    effect: 'The tables are more than five minutes behind the log.',
    metric: iteratorAge(api),
    above: Duration.minutes(5).toMilliseconds(),
    periods: 3,
  });
  alarms.add({
    section: 'materialiser-dead-letters',
    effect: 'Some spaces could not be folded into the tables in ten tries.',
    metric: api.materialiser.deadLetters.metricApproximateNumberOfMessagesVisible({ period: alarmPeriod }),
    above: 0,
  });
}

function addLifecycleAlarms(alarms: AlarmSet): void {
  alarms.add({
    section: 'digests-differing',
    effect: 'Some device held other records than the log says, and was given them anew.',
    metric: counted('sync', 'DigestsDiffering'),
    above: 0,
  });
  alarms.add({
    section: 'snapshots-failing',
    effect: 'New devices load ever longer logs, and nothing is archived.',
    metric: counted('materialise', 'SnapshotsFailed'),
    above: 0,
    periods: 3,
  });
  alarms.add({
    section: 'comparisons-failing',
    effect: 'Rows could not be compared with the log; advice may be slower, and what is wrong in a table may stay so.',
    metric: counted('materialise', 'ComparisonsFailed'),
    above: 0,
    periods: 3,
  });
  alarms.add({
    section: 'compactions-failing',
    effect: 'Logs keep growing; nobody notices yet.',
    metric: counted('materialise', 'CompactionsFailed'),
    above: 0,
    periods: 3,
  });
  alarms.add({
    section: 'rows-repaired',
    effect: 'Somebody wrote rows into a table that the log knows nothing of; they have been put right.',
    metric: counted('materialise', 'RowsRepaired'),
    above: 0,
  });
  alarms.add({
    section: 'deletions-overdue',
    effect: 'An account that its owner deleted an hour ago is not gone.',
    metric: counted('materialise', 'DeletionsOverdue'),
    above: 0,
  });
}

/** One of the functions' own counts. */
function counted(functionName: string, metricName: string): Metric {
  return new Metric({
    namespace: 'FinTrack',
    metricName,
    dimensionsMap: { Function: functionName },
    statistic: Stats.SUM,
    period: alarmPeriod,
  });
}

function addApiAlarms(alarms: AlarmSet, { api }: ApiStack): void {
  alarms.add({
    section: 'api-server-errors',
    effect: 'Devices are told to try again later.',
    metric: api.metricServerError({ period: alarmPeriod, statistic: Stats.SUM }),
    above: 5,
  });
  alarms.add({
    section: 'api-slow',
    effect: 'One request in a hundred takes more than three seconds.',
    metric: api.metricLatency({ period: alarmPeriod, statistic: 'p99' }),
    above: Duration.seconds(3).toMilliseconds(),
    periods: 3,
  });
}

function addTableAlarms(alarms: AlarmSet, tables: readonly DataTable[]): void {
  for (const { node, table } of tables) {
    alarms.add({
      section: 'table-throttles',
      of: node.id,
      effect: `Requests to the table ${node.id} are refused and tried again.`,
      metric: sumOf([
        table.metric('ReadThrottleEvents', { period: alarmPeriod }),
        table.metric('WriteThrottleEvents', { period: alarmPeriod }),
      ]),
      above: 0,
      periods: 2,
    });
    alarms.add({
      section: 'table-system-errors',
      of: node.id,
      effect: `DynamoDB fails requests to the table ${node.id}.`,
      metric: table.metricSystemErrorsForOperations({
        operations: tableOperations,
        period: alarmPeriod,
      }),
      above: 0,
    });
  }
}

const tableOperations = [
  Operation.BATCH_GET_ITEM,
  Operation.BATCH_WRITE_ITEM,
  Operation.DELETE_ITEM,
  Operation.GET_ITEM,
  Operation.PUT_ITEM,
  Operation.QUERY,
  Operation.SCAN,
  Operation.UPDATE_ITEM,
];

function functionsOf(api: ApiStack, auth: WatchStackProps['auth']) {
  return {
    sync: api.sync,
    history: api.history,
    account: api.accounts,
    advice: api.advice,
    materialise: api.materialiser.function,
    'post-confirmation': auth.postConfirmation,
  };
}

function tablesOf(data: DataStack): readonly DataTable[] {
  return [data.users, data.expenses, data.income, data.budgets, data.advice, data.syncLog, data.syncState];
}

/** Age in ms of the newest record that the stream's reader was given. */
function iteratorAge(api: ApiStack): Metric {
  return api.materialiser.function.metric('IteratorAge', { statistic: Stats.MAXIMUM, period: alarmPeriod });
}

function sumOf(metrics: readonly IMetric[]): MathExpression {
  const usingMetrics = Object.fromEntries(metrics.map((metric, index) => [`m${index}`, metric]));
  return new MathExpression({ expression: Object.keys(usingMetrics).join(' + '), usingMetrics, period: alarmPeriod });
}
