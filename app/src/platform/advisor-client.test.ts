import { advise } from '@fintrack/advisor-core';
import { fail, ok } from '@fintrack/sync-core/protocol';
import { describe, expect, it } from 'vitest';
import type { AdvisorRequest } from '../model/advisor.ts';
import { createAdvisorClient, type StartWorker } from './advisor-client.ts';

const setUp = () => {
  const workers: { posted: AdvisorRequest[]; isStopped: boolean; on: Parameters<StartWorker>[0] }[] = [];
  const startWorker: StartWorker = (on) => {
    const worker = { posted: [] as AdvisorRequest[], isStopped: false, on };
    workers.push(worker);
    return { post: (request) => void worker.posted.push(request), stop: () => void (worker.isStopped = true) };
  };
  const open = { name: 'local 0', database: 'fintrack-local' };
  const client = createAdvisorClient({ startWorker, openLedger: async () => open });
  /** Until the questions have reached the worker. */
  const asked = () => new Promise((resolve) => setImmediate(resolve));
  return { client, workers, asked, open };
};

describe('the client of the advisor', () => {
  it('starts no worker before it is asked', () => {
    expect(setUp().workers).toEqual([]);
  });

  it('gives each question its own answer, in whatever order they come', async () => {
    const { client, workers, asked } = setUp();
    const [first, second] = [client.entries(['a']), client.entries(['b'])];
    await asked();
    const [worker] = workers;
    expect(worker?.posted.map(({ question }) => question)).toEqual([
      { ask: 'entries', ledger: 'fintrack-local', ids: ['a'] },
      { ask: 'entries', ledger: 'fintrack-local', ids: ['b'] },
    ]);
    for (const { id } of worker?.posted.toReversed() ?? []) worker?.on.reply({ id, outcome: ok([]) });
    expect([await first, await second, workers.length]).toEqual([ok([]), ok([]), 1]);
  });

  it('says which ledger the advice is about: the one that was open when it was asked for', async () => {
    const { client, workers, asked, open } = setUp();
    const told = client.advice('2026-11-20');
    await asked();
    Object.assign(open, { name: 'ada 1', database: 'fintrack-ada' });
    const [request] = workers[0]?.posted ?? [];
    expect(request?.question).toMatchObject({ ask: 'advice', ledger: 'fintrack-local' });
    const advice = advise({ entries: [], asOf: '2026-11-20' });
    if (request) workers[0]?.on.reply({ id: request.id, outcome: ok(advice) });
    expect(await told).toEqual(ok({ ledger: 'local 0', advice }));
  });

  it('answers what was asked of a worker that broke, and starts another for the next question', async () => {
    const { client, workers, asked } = setUp();
    const first = client.advice('2026-11-20');
    await asked();
    workers[0]?.on.broken('out of memory');
    expect(await first).toEqual(fail({ type: 'stopped', why: 'out of memory' }));
    const second = client.advice('2026-11-20');
    await asked();
    expect([workers[0]?.isStopped, workers.length]).toEqual([true, 2]);
    const [request] = workers[1]?.posted ?? [];
    if (request) workers[1]?.on.reply({ id: request.id, outcome: fail({ type: 'closed' }) });
    expect(await second).toEqual(fail({ type: 'closed' }));
  });
});
