import { tableEnvNames } from '@fintrack/sync-api/env-names';
import { beforeAll, describe, expect, it } from 'vitest';
import { resourcesOf } from './resources.ts';
import { synthesize, type Templates } from './synthesize.ts';

const tableType = 'AWS::DynamoDB::GlobalTable';

let dev: Templates;
let prod: Templates;
beforeAll(() => {
  dev = synthesize('dev');
  prod = synthesize('prod');
}, 120_000);

describe('the tables', () => {
  it.each([
    ['Users', ['id HASH S'], ['email: email HASH S']],
    ['Expenses', ['id HASH S'], ['user_id-date: user_id HASH S, date RANGE S']],
    ['Income', ['id HASH S'], ['user_id-date: user_id HASH S, date RANGE S']],
    ['Budgets', ['id HASH S'], ['user_id-month: user_id HASH S, month RANGE S']],
    ['Advice', ['id HASH S'], ['user_id: user_id HASH S']],
    ['SyncLog', ['space HASH S', 'seq RANGE N'], []],
    ['SyncState', ['space HASH S', 'item RANGE S'], []],
  ])('%s has the keys %j and the indexes %j, which hold whole rows', (id, keys, indexes) => {
    const table = resourcesOf(dev.data, tableType)[id];
    const types = new Map<string, string>(
      table?.AttributeDefinitions.map((attribute: Named) => [attribute.AttributeName, attribute.AttributeType]),
    );
    const keyLine = ({ AttributeName, KeyType }: Key) => `${AttributeName} ${KeyType} ${types.get(AttributeName)}`;
    const found: Index[] = table?.GlobalSecondaryIndexes ?? [];
    expect(table?.KeySchema.map(keyLine)).toEqual(keys);
    expect(found.map((index) => `${index.IndexName}: ${index.KeySchema.map(keyLine).join(', ')}`)).toEqual(indexes);
    expect(found.every(({ Projection }) => Projection.ProjectionType === 'ALL')).toBe(true);
  });

  it('are on demand, encrypted under KMS and recoverable to any second', () => {
    const tables = Object.values(resourcesOf(dev.data, tableType));
    expect(tables).toHaveLength(7);
    for (const table of tables) {
      expect(table).toMatchObject({
        BillingMode: 'PAY_PER_REQUEST',
        SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
        Replicas: [{ PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } }],
      });
    }
  });

  it('outlive their stack and refuse to be deleted in prod alone', () => {
    for (const table of Object.values(prod.data.findResources(tableType))) {
      expect(table).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
      expect(table.Properties.Replicas).toMatchObject([{ DeletionProtectionEnabled: true }]);
    }
    for (const table of Object.values(dev.data.findResources(tableType))) {
      expect(table).toMatchObject({ DeletionPolicy: 'Delete' });
    }
  });

  it('stream the keys of the log and of nothing else', () => {
    const streams = Object.entries(resourcesOf(dev.data, tableType)).filter(([, table]) => table.StreamSpecification);
    expect(streams.map(([id, table]) => [id, table.StreamSpecification])).toEqual([
      ['SyncLog', { StreamViewType: 'KEYS_ONLY' }],
    ]);
  });

  it('expire items of SyncState alone, so that no entry or row can ever vanish by a clock', () => {
    const expiring = Object.entries(resourcesOf(dev.data, tableType)).filter(
      ([, table]) => table.TimeToLiveSpecification,
    );
    expect(expiring.map(([id, table]) => [id, table.TimeToLiveSpecification])).toEqual([
      ['SyncState', { AttributeName: 'expires_at', Enabled: true }],
    ]);
  });

  it('each carry the name of their environment variable', () => {
    const names = Object.values(dev.data.findResources(tableType)).map(({ Metadata }) => Metadata['fintrack:EnvName']);
    expect(new Set(names)).toEqual(new Set(Object.values(tableEnvNames)));
  });
});

describe('the bucket of snapshots and archives', () => {
  const bucketOf = (templates: Templates) => templates.data.findResources('AWS::S3::Bucket')['Snapshots'];

  it('is private, encrypted and read over TLS alone', () => {
    expect(bucketOf(dev)?.Properties).toMatchObject({
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      },
    });
    const [policy] = Object.values(resourcesOf(dev.data, 'AWS::S3::BucketPolicy'));
    expect(policy?.PolicyDocument.Statement).toMatchObject([
      { Effect: 'Deny', Principal: { AWS: '*' }, Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
    ]);
  });

  it('keeps what was removed as long as a table can be restored, and no longer', () => {
    expect(bucketOf(dev)?.Properties).toMatchObject({
      VersioningConfiguration: { Status: 'Enabled' },
      LifecycleConfiguration: {
        Rules: [
          {
            Status: 'Enabled',
            NoncurrentVersionExpiration: { NoncurrentDays: 35 },
            ExpiredObjectDeleteMarker: true,
            AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
          },
        ],
      },
    });
  });

  it('outlives its stack in prod alone', () => {
    expect(bucketOf(prod)).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    expect(bucketOf(dev)).toMatchObject({ DeletionPolicy: 'Delete' });
  });
});

interface Key {
  readonly AttributeName: string;
  readonly KeyType: string;
}
interface Named {
  readonly AttributeName: string;
  readonly AttributeType: string;
}
interface Index {
  readonly IndexName: string;
  readonly KeySchema: readonly Key[];
  readonly Projection: { readonly ProjectionType: string };
}
