import { envNames } from '@fintrack/sync-api/env-names';
import { CfnResource, Duration } from 'aws-cdk-lib';
import { Grant } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { TableUser } from './data-table.ts';
import { removalPolicyOf, type Stage } from './stage.ts';

/** The operations that some function is granted. */
export type BucketAction = 'GetObject' | 'PutObject' | 'DeleteObject';

/** What was removed or overwritten by mistake can be had back as long as a table can; then it is gone. */
const keptAfterRemoval = Duration.days(35);

/**
 * Snapshots and archives of people's logs: private, encrypted, over TLS alone. An archive is the only copy of what left
 * its log, so its removal is undone as the tables' is, for as long.
 */
export class SnapshotBucket extends Construct {
  readonly bucket: Bucket;

  /** @param id becomes the CloudFormation logical id: changing it replaces the bucket, so treat it as data. */
  constructor(scope: Construct, id: string, { stage }: { readonly stage: Stage }) {
    super(scope, id);
    this.bucket = new Bucket(this, 'Bucket', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      versioned: true,
      lifecycleRules: [
        {
          id: 'forget-what-was-removed',
          noncurrentVersionExpiration: keptAfterRemoval,
          expiredObjectDeleteMarker: true,
          abortIncompleteMultipartUploadAfter: Duration.days(1),
        },
      ],
      removalPolicy: removalPolicyOf(stage),
    });
    const resource = this.bucket.node.defaultChild;
    if (!CfnResource.isCfnResource(resource)) throw new Error(`${id} has no CloudFormation resource`);
    resource.overrideLogicalId(id);
  }

  /**
   * Lets the function do these operations on the texts, and tells it the bucket's name. Who may not list a bucket is told
   * of a missing text that it is forbidden, so listing always goes along.
   */
  grantTexts(user: TableUser, ...actions: readonly [BucketAction, ...BucketAction[]]): void {
    user.addEnvironment(envNames.snapshotsBucket, this.bucket.bucketName);
    Grant.addToPrincipal({
      grantee: user,
      actions: actions.map((action) => `s3:${action}`),
      resourceArns: [this.bucket.arnForObjects('*')],
    });
    Grant.addToPrincipal({ grantee: user, actions: ['s3:ListBucket'], resourceArns: [this.bucket.bucketArn] });
  }
}
