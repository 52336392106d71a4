import { pathToFileURL } from 'node:url';
import { entries } from '@fintrack/sync-api/entries';
import { type EnvName, envNames } from '@fintrack/sync-api/env-names';
import type { DynamoDBBatchResponse, PostConfirmationTriggerEvent, ScheduledEvent } from 'aws-lambda';
import { randomUUID } from 'node:crypto';
import type { ConfirmedUser } from './cognito/pool-context.ts';
import { localClientConfig } from './dynamodb/client-config.ts';
import type { StreamHandler } from './dynamodb/stream-poller.ts';
import type { LocalTableNames } from './dynamodb/tables-from-template.ts';
import { invoke, type LambdaFunction, type LambdaHandler } from './gateway/invoke.ts';

export type FunctionName = keyof typeof entries;

/** As the templates set them. */
export const timeoutsMs: Readonly<Record<FunctionName, number>> = {
  sync: 29_000,
  history: 29_000,
  account: 29_000,
  advice: 29_000,
  materialise: 120_000,
  postConfirmation: 5_000,
};

export interface FunctionSurroundings {
  readonly databaseEndpoint: string;
  readonly tableNames: LocalTableNames;
  readonly userPoolId: string;
  readonly userPoolClientId: string;
  readonly userPoolEndpoint: string;
  /** Stands for the bucket. */
  readonly snapshotsFolder: string;
}

/**
 * Sets what handlers read when they are loaded: the names of the tables, and for the AWS SDK the local engine and pool.
 * A process can have one such environment only, and so one local cloud.
 */
export function setFunctionEnvironment(surroundings: FunctionSurroundings): void {
  const { endpoint, region, credentials } = localClientConfig(surroundings.databaseEndpoint);
  const variables: Readonly<Record<Exclude<EnvName, typeof envNames.snapshotsBucket>, string>> = {
    ...surroundings.tableNames,
    [envNames.userPoolId]: surroundings.userPoolId,
    [envNames.userPoolClientId]: surroundings.userPoolClientId,
    [envNames.snapshotsFolder]: surroundings.snapshotsFolder,
  };
  Object.assign(process.env, variables, {
    AWS_ENDPOINT_URL_DYNAMODB: endpoint,
    AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: surroundings.userPoolEndpoint,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  });
  // Whoever works on this may be signed in to a real account.
  const inherited = [
    'AWS_PROFILE',
    'AWS_SESSION_TOKEN',
    'AWS_IGNORE_CONFIGURED_ENDPOINT_URLS',
    envNames.snapshotsBucket,
  ];
  for (const name of inherited) {
    delete process.env[name];
  }
}

/** Loads the module that is bundled and deployed under that name. Its environment must be set. */
export async function loadFunction(name: FunctionName): Promise<LambdaFunction> {
  const module: { readonly handler?: unknown } = await import(pathToFileURL(entries[name]).href);
  const { handler } = module;
  if (!isHandler(handler)) throw new Error(`${entries[name]} exports no handler`);
  return { name, handler, timeoutMs: timeoutsMs[name] };
}

function isHandler(value: unknown): value is LambdaHandler {
  return typeof value === 'function';
}

/** The materialiser as the stream's event source mapping sees it. */
export function streamHandler(materialise: LambdaFunction): StreamHandler {
  return async (event) => (await invokeOrThrow(materialise, event)) as DynamoDBBatchResponse;
}

/** One run of the materialiser as its schedule starts it. */
export async function sweepOnce(materialise: LambdaFunction, region: string): Promise<void> {
  const event: ScheduledEvent = {
    version: '0',
    id: randomUUID(),
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    account: '000000000000',
    time: new Date().toISOString(),
    region,
    resources: [],
    detail: {},
  };
  await invokeOrThrow(materialise, event);
}

/** Hands Cognito's own event for a confirmed sign-up to the function. Rejects as the function does. */
export async function confirmUser(
  postConfirmation: LambdaFunction,
  { userPoolId, userName, userAttributes }: ConfirmedUser,
  clientId: string,
): Promise<void> {
  const event: PostConfirmationTriggerEvent = {
    version: '1',
    region: userPoolId.split('_')[0] ?? '',
    userPoolId,
    userName,
    triggerSource: 'PostConfirmation_ConfirmSignUp',
    callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId },
    request: { userAttributes: { ...userAttributes } },
    response: {},
  };
  await invokeOrThrow(postConfirmation, event);
}

async function invokeOrThrow(lambda: LambdaFunction, event: unknown): Promise<unknown> {
  const invoked = await invoke(lambda, event);
  if (invoked.type === 'returned') return invoked.value;
  if (invoked.type === 'threw') throw invoked.error;
  throw new Error(`function ${lambda.name}: ${invoked.type}`);
}
