import { protocolVersion } from '@fintrack/sync-core/protocol';
import { describe, expect, it } from 'vitest';
import { answering, bodyOf, served } from '../../../infra/local/test-server.ts';
import { deleteAccount, readOlderHistory, readReceipt, type ServerLedgerDeps } from './server-ledger.ts';

const depsFor = (apiUrl: string, more: Partial<ServerLedgerDeps> = {}): ServerLedgerDeps => ({
  apiUrl: async () => apiUrl,
  accessToken: async () => ({ type: 'token', token: 'secret' }),
  space: () => 'me',
  ...more,
});
const change = (seq: number, isRejected = false) => ({
  seq,
  epoch: 1,
  receivedAt: 5,
  identity: `a:${seq}:b`,
  change: { kind: 'expense', note: seq },
  isRejected,
});

describe('asking the server for the past', () => {
  it('[L3] reads every page of a history, and says what was refused', async () => {
    const asked: unknown[] = [];
    const pages = [
      { changes: [change(1)], next: 64 },
      { changes: [], next: 128 },
      { changes: [change(130, true)], next: null },
    ];
    const listener = answering(async (incoming) => {
      asked.push([incoming.url, JSON.parse((await bodyOf(incoming)).toString())]);
      return JSON.stringify(pages[asked.length - 1]);
    });
    const history = await served(listener, (url) => readOlderHistory(depsFor(url), 'expense/7'));
    const message = { protocol: protocolVersion, space: 'me', kind: 'expense', id: '7' };
    expect(asked).toEqual([0, 64, 128].map((after) => ['/v1/history', { ...message, after }]));
    expect(history.ok && history.value.map(({ seq, reason }) => [seq, reason !== undefined])).toEqual([
      [1, false],
      [130, true],
    ]);
  });

  it('[L7] reads a receipt', async () => {
    const receipt = { epoch: 1, head: 9, digest: '0'.repeat(32), entryCount: 4 };
    const listener = answering(async () => JSON.stringify(receipt));
    expect(await served(listener, (url) => readReceipt(depsFor(url)))).toEqual({ ok: true, value: receipt });
  });

  it('takes a page of something else, or none, for no answer', async () => {
    const portal = answering(async () => '<html>Welcome to our Wi-Fi</html>');
    const unreachable = { ok: false, error: { type: 'unreachable' } };
    expect(await served(portal, (url) => readReceipt(depsFor(url)))).toEqual(unreachable);
    expect(await readReceipt(depsFor('http://127.0.0.1:1'))).toEqual(unreachable);
    const nobody = depsFor('http://127.0.0.1:1', { space: () => undefined });
    expect(await readReceipt(nobody)).toEqual({ ok: false, error: { type: 'signInNeeded' } });
  });

  it('[L6] tells a sign-in that is too old from a server that is away', async () => {
    const refusing = answering(async () => JSON.stringify({ error: { type: 'signInAgain', message: 'again' } }));
    expect(await served(refusing, (url) => deleteAccount(depsFor(url)))).toMatchObject({
      error: { type: 'signInAgain' },
    });
    const deleting = answering(async () => JSON.stringify({ sealedAt: 1, restGoneAt: 2 }));
    expect(await served(deleting, (url) => deleteAccount(depsFor(url)))).toEqual({ ok: true, value: null });
  });
});
