import type { EnvName, TableEnvName } from '@fintrack/sync-api/env-names';
import { CfnResource } from 'aws-cdk-lib';
import { type Attribute, Billing, type StreamViewType, TableEncryptionV2, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { removalPolicyOf, type Stage } from './stage.ts';

/** Key under a table resource's `Metadata` that names the environment variable its physical name is handed over in. */
export const envNameMetadataKey = 'fintrack:EnvName';

export interface DataTableIndex {
  readonly name: string;
  readonly partitionKey: Attribute;
  readonly sortKey?: Attribute;
}

export interface DataTableProps {
  readonly stage: Stage;
  readonly envName: TableEnvName;
  readonly partitionKey: Attribute;
  readonly sortKey?: Attribute;
  readonly indexes?: readonly DataTableIndex[];
  readonly stream?: StreamViewType;
  /** Attribute holding the second since 1970 after which the engine may remove the item. */
  readonly expiryAttribute?: string;
}

/** The operations that some function is granted. */
export type TableAction =
  | 'BatchGetItem'
  | 'BatchWriteItem'
  | 'DeleteItem'
  | 'GetItem'
  | 'PutItem'
  | 'Query'
  | 'Scan'
  | 'UpdateItem';

/** A function that can be granted a table: it takes permissions and environment variables. */
export interface TableUser extends IGrantable {
  addEnvironment(name: EnvName, value: string): unknown;
}

/**
 * One table of people's ledgers: on demand, recoverable to any second of the last 35 days, and encrypted under the
 * account's AWS-managed key. A key of our own would add a policy to get wrong and a thing whose deletion destroys every
 * ledger; what it would buy, cross-account sharing and separate revocation, nothing here needs.
 */
export class DataTable extends Construct {
  readonly table: TableV2;
  readonly #envName: TableEnvName;

  /** @param id becomes the CloudFormation logical id: changing it replaces the table, so treat it as data. */
  constructor(scope: Construct, id: string, props: DataTableProps) {
    super(scope, id);
    this.#envName = props.envName;
    this.table = new TableV2(this, 'Table', {
      partitionKey: props.partitionKey,
      ...(props.sortKey && { sortKey: props.sortKey }),
      ...(props.stream && { dynamoStream: props.stream }),
      ...(props.expiryAttribute && { timeToLiveAttribute: props.expiryAttribute }),
      globalSecondaryIndexes: (props.indexes ?? []).map(({ name, ...keys }) => ({ indexName: name, ...keys })),
      billing: Billing.onDemand(),
      encryption: TableEncryptionV2.awsManagedKey(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: props.stage.keepsData,
      removalPolicy: removalPolicyOf(props.stage),
    });
    const resource = this.table.node.defaultChild;
    if (!CfnResource.isCfnResource(resource)) throw new Error(`${id} has no CloudFormation resource`);
    resource.overrideLogicalId(id);
    resource.addMetadata(envNameMetadataKey, props.envName);
  }

  /** Lets the function do these operations on the items themselves, and tells it the table's name. */
  grantItems(user: TableUser, ...actions: readonly [TableAction, ...TableAction[]]): Grant {
    return this.#grant(user, actions, this.table.tableArn);
  }

  /** Lets the function query this one index, and tells it the table's name. */
  grantIndexQuery(user: TableUser, indexName: string): Grant {
    return this.#grant(user, ['Query'], `${this.table.tableArn}/index/${indexName}`);
  }

  #grant(user: TableUser, actions: readonly TableAction[], resourceArn: string): Grant {
    user.addEnvironment(this.#envName, this.table.tableName);
    return Grant.addToPrincipal({
      grantee: user,
      actions: actions.map((action) => `dynamodb:${action}`),
      resourceArns: [resourceArn],
    });
  }
}
