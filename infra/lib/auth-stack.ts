import { envNames } from '@fintrack/sync-api/env-names';
import { CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import {
  AccountRecovery,
  type IUserPool,
  Mfa,
  UserPool,
  type UserPoolClient,
  UserPoolOperation,
} from 'aws-cdk-lib/aws-cognito';
import type { Grant } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { DataStack } from './data-stack.ts';
import type { TableUser } from './data-table.ts';
import { ServiceFunction } from './service-function.ts';
import { removalPolicyOf, type Stage } from './stage.ts';

export interface AuthStackProps extends StackProps {
  readonly stage: Stage;
  readonly data: Pick<DataStack, 'users'>;
  /** Path of the post-confirmation handler. */
  readonly entry: string;
}

/** Who a person is: the user pool, the app's client, and the function that makes a confirmed person's row. */
export class AuthStack extends Stack {
  readonly userPool: UserPool;
  readonly client: UserPoolClient;
  readonly postConfirmation: ServiceFunction;

  constructor(scope: Construct, id: string, { stage, data, entry, ...props }: AuthStackProps) {
    super(scope, id, { terminationProtection: stage.keepsData, ...props });
    this.userPool = createUserPool(this, stage);
    this.client = createClient(this.userPool);
    this.postConfirmation = new ServiceFunction(this, 'PostConfirmation', {
      stage,
      entry,
      description: 'Writes the Users row of a person whose address was confirmed',
      // Cognito waits 5 s for a trigger and tries three times.
      timeout: Duration.seconds(5),
    });
    data.users.grantItems(this.postConfirmation, 'UpdateItem');
    this.userPool.addTrigger(UserPoolOperation.POST_CONFIRMATION, this.postConfirmation);
    new CfnOutput(this, 'UserPoolId', { value: this.userPool.userPoolId });
    new CfnOutput(this, 'UserPoolClientId', { value: this.client.userPoolClientId });
  }
}

/** Lets the function remove people from the pool, and tells it which pool. */
export function grantUserRemoval(user: TableUser, userPool: IUserPool): Grant {
  user.addEnvironment(envNames.userPoolId, userPool.userPoolId);
  return userPool.grant(user, 'cognito-idp:AdminDeleteUser');
}

function createUserPool(scope: Construct, stage: Stage): UserPool {
  return new UserPool(scope, 'UserPool', {
    selfSignUpEnabled: true,
    signInAliases: { email: true },
    signInCaseSensitive: false,
    autoVerify: { email: true },
    // A new address counts only once it is confirmed; until then the old one still signs in.
    keepOriginal: { email: true },
    standardAttributes: { email: { required: true, mutable: true } },
    // Length and kinds, no symbols: what a phone's keyboard can type without switching.
    passwordPolicy: {
      minLength: 10,
      requireLowercase: true,
      requireUppercase: true,
      requireDigits: true,
      requireSymbols: false,
    },
    mfa: Mfa.OPTIONAL,
    mfaSecondFactor: { sms: false, otp: true },
    accountRecovery: AccountRecovery.EMAIL_ONLY,
    deletionProtection: stage.keepsData,
    removalPolicy: removalPolicyOf(stage),
  });
}

function createClient(userPool: UserPool): UserPoolClient {
  return userPool.addClient('App', {
    // SRP alone: a password never leaves the device.
    authFlows: { userSrp: true },
    disableOAuth: true,
    generateSecret: false,
    preventUserExistenceErrors: true,
    enableTokenRevocation: true,
    accessTokenValidity: Duration.hours(1),
    idTokenValidity: Duration.hours(1),
    refreshTokenValidity: Duration.days(30),
  });
}
