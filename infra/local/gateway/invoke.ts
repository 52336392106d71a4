import { randomUUID } from 'node:crypto';
import type { Context } from 'aws-lambda';

/** What a function's module exports as `handler`. Each takes the event of its own trigger. */
export type LambdaHandler = (event: never, context: Context) => unknown;

export interface LambdaFunction {
  readonly name: string;
  readonly handler: LambdaHandler;
  /** After this the service ends the function and calls it failed. */
  readonly timeoutMs: number;
}

export type Invoked =
  | { readonly type: 'returned'; readonly value: unknown }
  | { readonly type: 'event-too-large' }
  | { readonly type: 'answer-too-large' }
  | { readonly type: 'timed-out' }
  | { readonly type: 'threw'; readonly error: unknown };

/** Lambda's limit for a synchronous call, in each direction, as JSON: a body in base64 counts a third more. */
export const PAYLOAD_SIZE_MAX_BYTES = 6 * 1024 * 1024;

/**
 * Calls a function as Lambda does: event and result pass through JSON, sizes and time are limited. What it does after
 * its time is up cannot be stopped here, but nobody sees it any more.
 */
export async function invoke({ name, handler, timeoutMs }: LambdaFunction, event: unknown): Promise<Invoked> {
  const eventJson = JSON.stringify(event);
  if (Buffer.byteLength(eventJson) > PAYLOAD_SIZE_MAX_BYTES) return { type: 'event-too-large' };
  const called = settle(handler, JSON.parse(eventJson) as never, lambdaContext(name, timeoutMs));
  const returned = await withinTime(called, timeoutMs);
  if (returned.type !== 'returned') return returned;
  const answerJson = JSON.stringify(returned.value) ?? 'null';
  if (Buffer.byteLength(answerJson) > PAYLOAD_SIZE_MAX_BYTES) return { type: 'answer-too-large' };
  return { type: 'returned', value: JSON.parse(answerJson) };
}

async function settle(handler: LambdaHandler, event: never, context: Context): Promise<Invoked> {
  try {
    return { type: 'returned', value: await handler(event, context) };
  } catch (error) {
    return { type: 'threw', error };
  }
}

async function withinTime(work: Promise<Invoked>, timeoutMs: number): Promise<Invoked> {
  let timer: NodeJS.Timeout | undefined;
  const timeUp = new Promise<Invoked>((resolve) => {
    timer = setTimeout(() => resolve({ type: 'timed-out' }), timeoutMs);
  });
  return Promise.race([work, timeUp]).finally(() => clearTimeout(timer));
}

function lambdaContext(functionName: string, timeoutMs: number): Context {
  const endsAtMs = Date.now() + timeoutMs;
  const refuse = () => {
    throw new Error('the callback style is not offered: return a promise');
  };
  return {
    functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:eu-west-1:000000000000:function:${functionName}`,
    memoryLimitInMB: '1024',
    awsRequestId: randomUUID(),
    logGroupName: `/aws/lambda/${functionName}`,
    logStreamName: 'local',
    callbackWaitsForEmptyEventLoop: false,
    getRemainingTimeInMillis: () => Math.max(0, endsAtMs - Date.now()),
    done: refuse,
    fail: refuse,
    succeed: refuse,
  };
}
