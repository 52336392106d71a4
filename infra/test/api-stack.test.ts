import { Match } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, it } from 'vitest';
import { timeoutsMs } from '../local/functions.ts';
import { resourcesOf, tablePermissions } from './resources.ts';
import { synthesize, type Templates } from './synthesize.ts';

let dev: Templates;
beforeAll(() => {
  dev = synthesize('dev');
}, 120_000);

describe('the API', () => {
  it('has two routes, both behind the JWT authorizer of the pool and its client', () => {
    const routes = Object.values(resourcesOf(dev.api, 'AWS::ApiGatewayV2::Route'));
    expect(routes.map(({ RouteKey, AuthorizationType }) => [RouteKey, AuthorizationType])).toEqual([
      ['POST /v1/sync', 'JWT'],
      ['GET /v1/advice', 'JWT'],
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
    for (const name of ['Sync', 'Advice']) {
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
    const deployed = ['Sync', 'Advice', 'MaterialiserFunction'].map((name) => functionOf(name).Timeout * 1000);
    expect([timeoutsMs.sync, timeoutsMs.advice, timeoutsMs.materialise]).toEqual(deployed);
  });

  it('is one bundled module for Node 22 on ARM that logs JSON to a group of its own', () => {
    const functions = Object.values(resourcesOf(dev.api, 'AWS::Lambda::Function'));
    expect(functions).toHaveLength(3);
    for (const properties of functions) {
      expect(properties).toMatchObject({
        Runtime: 'nodejs22.x',
        Architectures: ['arm64'],
        LoggingConfig: { LogFormat: 'JSON', LogGroup: { Ref: expect.stringContaining('Logs') } },
      });
    }
  });

  it('that takes pushes may append to the log and read, and neither change nor delete', () => {
    expect(tablePermissions(dev.api, 'SyncRole')).toEqual(['GetItem SyncLog', 'PutItem SyncLog', 'Query SyncLog']);
    expect(variablesOf('Sync')).toEqual(['TABLE_SYNC_LOG', 'USER_POOL_CLIENT_ID']);
  });

  it('that advises may only read: rows through the indexes by person, and how far they are folded', () => {
    expect(tablePermissions(dev.api, 'AdviceRole')).toEqual([
      'GetItem SyncState',
      'Query Budgets/index/user_id-month',
      'Query Expenses/index/user_id-date',
      'Query Income/index/user_id-date',
    ]);
  });

  it('that folds may read the log and write the tables', () => {
    expect(tablePermissions(dev.api, 'MaterialiserFunction')).toEqual([
      'BatchGetItem Budgets',
      'BatchGetItem Expenses',
      'BatchGetItem Income',
      'BatchGetItem Users',
      'DescribeStream SyncLog stream',
      'GetItem SyncState',
      'GetRecords SyncLog stream',
      'GetShardIterator SyncLog stream',
      'ListStreams SyncLog stream',
      'PutItem Budgets',
      'PutItem Expenses',
      'PutItem Income',
      'PutItem SyncState',
      'Query SyncLog',
      'Scan Users',
      'UpdateItem Users',
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
