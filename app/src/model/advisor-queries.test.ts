import { advise } from '@fintrack/advisor-core';
import { ok } from '@fintrack/sync-core/protocol';
import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { describe, expect, it } from 'vitest';
import type { LocalAdvisor } from './advisor.ts';
import { adviceQuery, serverAdviceQuery } from './advisor-queries.ts';

const asOf = '2026-11-20';
const advice = advise({ entries: [], asOf });

/** An advisor of whichever ledger is open, whose answers wait until the test lets them out. */
const setUp = () => {
  const open = { ledger: 'ada 1' };
  const waiting: (() => void)[] = [];
  const later = <T>(value: T): Promise<T> => new Promise((resolve) => waiting.push(() => resolve(value)));
  const advisor: LocalAdvisor = {
    advice: () => later(ok({ ledger: open.ledger, advice })),
    entries: async () => ok([]),
    suggestCategory: async () => ok([]),
  };
  const services = { advisor, serverAdvice: { advice: () => later(ok(advice)) } };
  const queries = new QueryClient();
  const release = async (): Promise<void> => {
    for (const letOut of waiting.splice(0)) letOut();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { open, services, queries, release };
};

describe('the advice that is kept', () => {
  it('of one ledger is never that of the next, nor shown until the next has its own', async () => {
    const { open, services, queries, release } = setUp();
    const screen = new QueryObserver(queries, adviceQuery(services, 'ada 1', asOf));
    const leave = screen.subscribe(() => undefined);
    await release();
    expect(screen.getCurrentResult().data).toEqual(ok({ ledger: 'ada 1', advice }));
    open.ledger = 'grace 2';
    screen.setOptions(adviceQuery(services, 'grace 2', asOf));
    expect(screen.getCurrentResult().data).toBeUndefined();
    await release();
    expect(screen.getCurrentResult().data).toEqual(ok({ ledger: 'grace 2', advice }));
    leave();
    queries.clear();
  });

  it('that was on its way at a change of account is not kept for the next', async () => {
    const { services, queries, release } = setUp();
    const asked = Promise.all([
      queries.fetchQuery(adviceQuery(services, 'ada 1', asOf)),
      queries.fetchQuery(serverAdviceQuery(services, 'ada 1', asOf)),
    ]);
    await release();
    await asked;
    expect(queries.getQueryData(adviceQuery(services, 'grace 2', asOf).queryKey)).toBeUndefined();
    expect(queries.getQueryData(serverAdviceQuery(services, 'grace 2', asOf).queryKey)).toBeUndefined();
    queries.clear();
  });

  it('of a day stands until the next day has its own', async () => {
    const { services, queries, release } = setUp();
    const screen = new QueryObserver(queries, adviceQuery(services, 'ada 1', asOf));
    const leave = screen.subscribe(() => undefined);
    await release();
    screen.setOptions(adviceQuery(services, 'ada 1', '2026-11-21'));
    expect(screen.getCurrentResult()).toMatchObject({ data: { ok: true }, isPlaceholderData: true });
    leave();
    queries.clear();
  });
});
