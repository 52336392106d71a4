import { limits } from '@fintrack/sync-core/protocol';
import { Match } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, it } from 'vitest';
import { timeoutsMs } from '../local/functions.ts';
import { otherPermissions, resourcesOf, tablePermissions } from './resources.ts';
import { synthesize, type Templates } from './synthesize.ts';

let dev: Templates;
beforeAll(() => {
  dev = synthesize('dev');
}, 120_000);

describe('the API', () => {
  it('has six routes, all behind the JWT authorizer of the pool and its client', () => {
    const routes = Object.values(resourcesOf(dev.api, 'AWS::ApiGatewayV2::Route'));
    expect(routes.map(({ RouteKey, AuthorizationType }) => [RouteKey, AuthorizationType])).toEqual([
      ['POST /v1/sync', 'JWT'],
      ['POST /v1/snapshot', 'JWT'],
      ['POST /v1/history', 'JWT'],
      ['POST /v1/receipt', 'JWT'],
      ['GET /v1/advice', 'JWT'],
      ['DELETE /v1/account', 'JWT'],
    ]);
    dev.api.hasResourceProperties('AWS::ApiGatewayV2::Authorizer', {
      AuthorizerType: 'JWT',
      IdentitySource: ['$request.header.Authorization'],
      JwtConfiguration: {
        Audience: [{ 'Fn::ImportValue': Match.stringLikeRegexp('UserPoolApp') }],
        Issuer: { 'Fn::ImportValue': Match.stringLikeRegexp('UserPool.*ProviderURL') },
      },
    });
  });

  it('answers within the 30 s that API Gateway waits', () => {
    for (const name of ['Sync', 'History', 'Account', 'Advice']) {
      expect(functionOf(name).Timeout).toBeLessThan(30);
    }
  });

  it('is throttled, and logs neither addresses nor bodies nor what stands after a path', () => {
    const [stage] = Object.values(resourcesOf(dev.api, 'AWS::ApiGatewayV2::Stage'));
    expect(stage?.DefaultRouteSettings).toMatchObject({ ThrottlingRateLimit: 20, ThrottlingBurstLimit: 40 });
    expect(stage?.AccessLogSettings.Format).not.toMatch(/identity|path|body|querystring|claims/i);
  });
});

describe('a function', () => {
  it('has the time on this machine that it has when deployed', () => {
    const names = ['Sync', 'History', 'Account', 'Advice', 'MaterialiserFunction'];
    const { sync, history, account, advice, materialise } = timeoutsMs;
    expect([sync, history, account, advice, materialise]).toEqual(names.map((name) => functionOf(name).Timeout * 1000));
  });

  it('[L3] [L6] has no more time than compaction and deletion wait for its writes', () => {
    const times = Object.values(resourcesOf(dev.api, 'AWS::Lambda::Function')).map(({ Timeout }) => Timeout * 1000);
    expect(Math.max(...times)).toBe(limits.functionTimeoutMs);
  });

  it('is one bundled module for Node 22 on ARM that logs JSON to a group of its own', () => {
    const functions = Object.values(resourcesOf(dev.api, 'AWS::Lambda::Function'));
    expect(functions).toHaveLength(5);
    for (const properties of functions) {
      expect(properties).toMatchObject({
        Runtime: 'nodejs22.x',
        Architectures: ['arm64'],
        LoggingConfig: { LogFormat: 'JSON', LogGroup: { Ref: expect.stringContaining('Logs') } },
      });
    }
  });

  it('that takes pushes may append to the log and read, and neither change nor delete', () => {
    expect(tablePermissions(dev.api, 'SyncRole')).toEqual([
      'GetItem SyncLog',
      'GetItem SyncState',
      'PutItem SyncLog',
      'PutItem SyncState',
      'Query SyncLog',
    ]);
    expect(otherPermissions(dev.api, 'SyncRole')).toEqual(['s3:GetObject texts', 's3:ListBucket bucket']);
    expect(variablesOf('Sync')).toEqual([
      'SNAPSHOTS_BUCKET',
      'TABLE_SYNC_LOG',
      'TABLE_SYNC_STATE',
      'USER_POOL_CLIENT_ID',
    ]);
  });

  it('that serves snapshots and history may only read', () => {
    expect(tablePermissions(dev.api, 'HistoryRole')).toEqual(['GetItem SyncLog', 'GetItem SyncState', 'Query SyncLog']);
    expect(otherPermissions(dev.api, 'HistoryRole')).toEqual(['s3:GetObject texts', 's3:ListBucket bucket']);
  });

  it('that is asked to delete an account may seal its log and remove its person, and read and delete no data', () => {
    expect(tablePermissions(dev.api, 'AccountRole')).toEqual([
      'GetItem SyncLog',
      'PutItem SyncLog',
      'PutItem SyncState',
      'Query SyncLog',
    ]);
    expect(otherPermissions(dev.api, 'AccountRole')).toEqual(['cognito-idp:AdminDeleteUser pool']);
  });

  it('that advises may only read: rows through the indexes by person, how far they are folded, and the log', () => {
    expect(tablePermissions(dev.api, 'AdviceRole')).toEqual([
      'GetItem SyncLog',
      'GetItem SyncState',
      'Query Advice/index/user_id',
      'Query Budgets/index/user_id-month',
      'Query Expenses/index/user_id-date',
      'Query Income/index/user_id-date',
      'Query SyncLog',
    ]);
    expect(otherPermissions(dev.api, 'AdviceRole')).toEqual(['s3:GetObject texts', 's3:ListBucket bucket']);
  });

  it('that folds may read the log, write and remove rows, and of the log only remove', () => {
    expect(tablePermissions(dev.api, 'MaterialiserFunction')).toEqual([
      'BatchGetItem Advice',
      'BatchGetItem Budgets',
      'BatchGetItem Expenses',
      'BatchGetItem Income',
      'BatchGetItem Users',
      'BatchWriteItem Advice',
      'BatchWriteItem Budgets',
      'BatchWriteItem Expenses',
      'BatchWriteItem Income',
      'BatchWriteItem SyncState',
      'DeleteItem Advice',
      'DeleteItem Budgets',
      'DeleteItem Expenses',
      'DeleteItem Income',
      'DeleteItem SyncLog',
      'DeleteItem SyncState',
      'DeleteItem Users',
      'DescribeStream SyncLog stream',
      'GetItem SyncLog',
      'GetItem SyncState',
      'GetRecords SyncLog stream',
      'GetShardIterator SyncLog stream',
      'ListStreams SyncLog stream',
      'PutItem Advice',
      'PutItem Budgets',
      'PutItem Expenses',
      'PutItem Income',
      'PutItem SyncState',
      'Query Advice/index/user_id',
      'Query Budgets/index/user_id-month',
      'Query Expenses/index/user_id-date',
      'Query Income/index/user_id-date',
      'Query SyncLog',
      'Query SyncState',
      'Scan Users',
      'UpdateItem Users',
    ]);
    expect(otherPermissions(dev.api, 'MaterialiserFunction')).toEqual([
      'cognito-idp:AdminDeleteUser pool',
      's3:DeleteObject texts',
      's3:GetObject texts',
      's3:ListBucket bucket',
      's3:PutObject texts',
    ]);
  });
});

describe('the materialiser', () => {
  it('is poked by the log’s stream, in order by space, and leaves what it cannot fold in a queue', () => {
    dev.api.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      EventSourceArn: { 'Fn::ImportValue': Match.stringLikeRegexp('SyncLogStreamArn') },
      StartingPosition: 'TRIM_HORIZON',
      BisectBatchOnFunctionError: true,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      MaximumRetryAttempts: 10,
      ParallelizationFactor: 4,
      DestinationConfig: {
        OnFailure: { Destination: { 'Fn::GetAtt': [Match.stringLikeRegexp('DeadLetters'), 'Arn'] } },
      },
    });
    dev.api.hasResourceProperties('AWS::SQS::Queue', { SqsManagedSseEnabled: true, MessageRetentionPeriod: 1_209_600 });
  });

  it('is poked by a clock too', () => {
    dev.api.hasResourceProperties('AWS::Events::Rule', {
      ScheduleExpression: 'rate(5 minutes)',
      State: 'ENABLED',
      Targets: [{ Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^MaterialiserFunction'), 'Arn'] } }],
    });
  });
});

function functionOf(idPrefix: string) {
  const found = Object.entries(resourcesOf(dev.api, 'AWS::Lambda::Function')).find(([id]) => id.startsWith(idPrefix));
  if (!found) throw new Error(`no function ${idPrefix}`);
  return found[1];
}

function variablesOf(idPrefix: string): readonly string[] {
  return Object.keys(functionOf(idPrefix).Environment.Variables).toSorted();
}
