import type { SyncAnswer, SyncRequest } from '@fintrack/sync-core/protocol';
import { testId } from '@fintrack/sync-core/testing';
import { beforeAll } from 'vitest';
import type { HttpEvent, HttpResponse } from '../src/http.ts';
import { answerOf, expense, syncEvent } from './device.ts';
import { setHandlerEnvironment, silenceLog, useCloud } from './support.ts';

/** The function as it is deployed, over the real engine: composed by its own root, from its environment. */
export const deployedSync = () => {
  const cloud = useCloud();
  let deployed: (event: HttpEvent) => Promise<HttpResponse>;
  beforeAll(async () => {
    setHandlerEnvironment(cloud());
    silenceLog();
    ({ handler: deployed } = await import('../src/handlers/sync.ts'));
  });
  const handler = (event: HttpEvent): Promise<HttpResponse> => deployed(event);
  const sync = async (space: string, request: SyncRequest): Promise<SyncAnswer> =>
    answerOf(await handler(syncEvent(space, request)));
  return { cloud, handler, sync };
};

export const tea = (number: number, text = 'tea') =>
  expense(testId(number), { description: text, amount: { minor: 250, currency: 'EUR' }, date: '2026-03-01' });
