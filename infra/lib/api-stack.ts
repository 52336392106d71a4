import { envNames, indexNames } from '@fintrack/sync-api/env-names';
import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { HttpApi, HttpMethod, HttpStage, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { type AuthStack, grantUserRemoval } from './auth-stack.ts';
import type { DataStack } from './data-stack.ts';
import { Materialiser } from './materialiser.ts';
import { ServiceFunction } from './service-function.ts';
import { removalPolicyOf, type Stage } from './stage.ts';

export type ApiEntry = 'sync' | 'history' | 'account' | 'advice' | 'materialise';

export interface ApiStackProps extends StackProps {
  readonly stage: Stage;
  readonly data: DataStack;
  readonly auth: Pick<AuthStack, 'userPool' | 'client'>;
  /** Paths of the handlers. */
  readonly entries: Readonly<Record<ApiEntry, string>>;
}

/** What devices talk to, and what folds their log into the tables. */
export class ApiStack extends Stack {
  readonly api: HttpApi;
  readonly sync: ServiceFunction;
  readonly history: ServiceFunction;
  readonly accounts: ServiceFunction;
  readonly advice: ServiceFunction;
  readonly materialiser: Materialiser;

  constructor(scope: Construct, id: string, { stage, data, auth, entries, ...props }: ApiStackProps) {
    super(scope, id, props);
    this.sync = new ServiceFunction(this, 'Sync', {
      stage,
      entry: entries.sync,
      description: 'Appends what a device pushes to its log, and answers with what others appended',
    });
    // No update and no delete: an entry of the log is never rewritten.
    data.syncLog.grantItems(this.sync, 'Query', 'GetItem', 'PutItem');
    data.syncState.grantItems(this.sync, 'GetItem', 'PutItem');
    data.snapshots.grantTexts(this.sync, 'GetObject');

    this.history = new ServiceFunction(this, 'History', {
      stage,
      entry: entries.history,
      description: 'Serves parts of snapshots, the history of a record, and receipts',
    });
    data.syncLog.grantItems(this.history, 'Query', 'GetItem');
    data.syncState.grantItems(this.history, 'GetItem');
    data.snapshots.grantTexts(this.history, 'GetObject');

    this.accounts = new ServiceFunction(this, 'Account', {
      stage,
      entry: entries.account,
      description: 'Seals the log of a person who deletes their account; the materialiser deletes what it holds',
    });
    data.syncLog.grantItems(this.accounts, 'Query', 'GetItem', 'PutItem');
    data.syncState.grantItems(this.accounts, 'PutItem');
    grantUserRemoval(this.accounts, auth.userPool);

    this.advice = new ServiceFunction(this, 'Advice', {
      stage,
      entry: entries.advice,
      description: 'Computes the advice that a device computes too, from the folded tables',
      // Where the tables cannot be read as they are at one moment it folds the log, and holds the whole ledger.
      memorySize: 2048,
    });
    data.expenses.grantIndexQuery(this.advice, indexNames.expensesByUserAndDate);
    data.income.grantIndexQuery(this.advice, indexNames.incomeByUserAndDate);
    data.budgets.grantIndexQuery(this.advice, indexNames.budgetsByUserAndMonth);
    data.advice.grantIndexQuery(this.advice, indexNames.adviceByUser);
    data.syncState.grantItems(this.advice, 'GetItem');
    // Whether the account is being deleted, and the ledger where an index lags.
    data.syncLog.grantItems(this.advice, 'Query', 'GetItem');
    data.snapshots.grantTexts(this.advice, 'GetObject');

    this.materialiser = new Materialiser(this, 'Materialiser', {
      stage,
      data,
      userPool: auth.userPool,
      entry: entries.materialise,
    });

    for (const handler of [this.sync, this.history, this.accounts, this.advice]) {
      handler.addEnvironment(envNames.userPoolClientId, auth.client.userPoolClientId);
    }
    this.api = this.#createApi(auth);
    this.#addRoute(HttpMethod.POST, '/v1/sync', this.sync);
    for (const path of ['/v1/snapshot', '/v1/history', '/v1/receipt']) {
      this.#addRoute(HttpMethod.POST, path, this.history);
    }
    this.#addRoute(HttpMethod.GET, '/v1/advice', this.advice);
    this.#addRoute(HttpMethod.DELETE, '/v1/account', this.accounts);
    addDefaultStage(this.api, stage);
    new CfnOutput(this, 'ApiEndpoint', { value: this.api.apiEndpoint });
  }

  /** The app and its API share one origin behind CloudFront, so no CORS answer is ever needed. */
  #createApi({ userPool, client }: ApiStackProps['auth']): HttpApi {
    return new HttpApi(this, 'Http', {
      createDefaultStage: false,
      // The authorizer compares the audience with `aud`, or with `client_id` in an access token, which has no `aud`.
      defaultAuthorizer: new HttpJwtAuthorizer('UserPool', userPool.userPoolProviderUrl, {
        jwtAudience: [client.userPoolClientId],
      }),
    });
  }

  #addRoute(method: HttpMethod, path: string, handler: ServiceFunction): void {
    const integration = new HttpLambdaIntegration(handler.node.id, handler);
    this.api.addRoutes({ methods: [method], path, integration });
  }
}

/** Neither paths with what follows them, nor bodies, nor addresses: a log must not become a second ledger. */
const accessLogFields = {
  requestId: '$context.requestId',
  requestTime: '$context.requestTime',
  routeKey: '$context.routeKey',
  status: '$context.status',
  responseLengthBytes: '$context.responseLength',
  responseLatencyMs: '$context.responseLatency',
  authorizerError: '$context.authorizer.error',
  integrationError: '$context.integrationErrorMessage',
};

function addDefaultStage(api: HttpApi, stage: Stage): void {
  const logGroup = new LogGroup(api, 'AccessLogs', {
    retention: stage.logRetention,
    removalPolicy: removalPolicyOf(stage),
  });
  new HttpStage(api, 'DefaultStage', {
    httpApi: api,
    stageName: '$default',
    autoDeploy: true,
    throttle: stage.throttle,
    detailedMetricsEnabled: true,
    accessLogSettings: {
      destination: new LogGroupLogDestination(logGroup),
      format: AccessLogFormat.custom(JSON.stringify(accessLogFields)),
    },
  });
}
