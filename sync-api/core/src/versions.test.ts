import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { exchange, type Transport } from './client/exchange.ts';
import { initialSyncState, step } from './client/step.ts';
import { hashText } from './protocol/hash.ts';
import { canonicalJson, type Json } from './protocol/json.ts';
import type { SyncRequest } from './protocol/messages.ts';
import * as messages from './protocol/messages.ts';
import {
  parseAccountDeletion,
  parseHistoryPage,
  parseHistoryRequest,
  parsePartRequest,
  parseReceipt,
  parseReceiptRequest,
  parseRefusalBody,
  parseSyncAnswer,
  parseSyncRequest,
} from './protocol/parse.ts';
import * as records from './protocol/records.ts';
import { protocolVersion, schemaVersion } from './protocol/version.ts';
import { handleSync } from './server/handle-sync.ts';
import { parseSnapshotPart } from './snapshot-part.ts';
import { createMemoryHistory, noParts } from './testing/memory-lifecycle-stores.ts';
import { createMemoryChangeLog } from './testing/memory-server-stores.ts';
import { schemaShape } from './testing/schema-shape.ts';
import { createTestDevice, createTestServer, setExpense, testSpace } from './testing/test-device.ts';

type Golden = { readonly as: keyof typeof parsers; readonly message: Json };

const parsers = {
  request: parseSyncRequest,
  answer: parseSyncAnswer,
  refusal: parseRefusalBody,
  partRequest: parsePartRequest,
  part: parseSnapshotPart,
  historyRequest: parseHistoryRequest,
  historyPage: parseHistoryPage,
  receiptRequest: parseReceiptRequest,
  receipt: parseReceipt,
  accountDeletion: parseAccountDeletion,
};

/** Messages as programs of that protocol wrote them; frozen when the next version came. */
const golden = (protocol: number): readonly Golden[] =>
  readFileSync(new URL(`../golden/protocol-${protocol}.jsonl`, import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Golden);
const protocols = Array.from({ length: protocolVersion }, (_, i) => i + 1);

describe('golden messages', () => {
  it.each(protocols)('[P1] every message of protocol %i is understood, and passes through unchanged', (protocol) => {
    for (const { as, message } of golden(protocol)) {
      const text = canonicalJson(message);
      const parsed = parsers[as](text);
      if (!parsed.ok) throw new Error(`${as} is not understood: ${text.slice(0, 200)}`);
      expect(canonicalJson(parsed.value as Json)).toBe(text);
    }
  });

  it.each(protocols)('[P1] there is at least a request, an answer and a refusal of protocol %i', (protocol) => {
    const kinds = new Set(golden(protocol).map(({ as }) => as));
    expect([...kinds]).toEqual(expect.arrayContaining(['request', 'answer', 'refusal']));
  });

  it('[F9] [I16] [fault 57] members and values that nobody knows yet survive every parser byte for byte', () => {
    const strange = { z: [1, 2.5, null, 'ü\u2028'], a: { deep: [{ er: true }] } };
    for (const { as, message } of protocols.flatMap((protocol) => golden(protocol))) {
      const text = canonicalJson(strewn(message, strange));
      const parsed = parsers[as](text);
      if (!parsed.ok) throw new Error(`${as} with more members is not understood: ${text.slice(0, 200)}`);
      expect(canonicalJson(parsed.value as Json)).toBe(text);
    }
  });
});

/** The message with one unknown member in it, and in each list of objects of the protocol's own. */
const strewn = (message: Json, strange: Json): Json => {
  const { push, entries, rows, error, ...rest } = message as Record<string, Json>;
  const flags = { rejected: [[1, { type: 'later' }, strange]] };
  const within = (list: Json | undefined): Json[] =>
    ((list ?? []) as Json[]).map((each) => ({ ...(each as object), later: strange }));
  return {
    ...rest,
    later: strange,
    ...(push === undefined ? {} : { push: { ...(push as object), later: strange } }),
    ...(entries === undefined ? {} : { entries: within(entries).map((each) => ({ ...(each as object), ...flags })) }),
    ...(rows === undefined ? {} : { rows: within(rows) }),
    ...(error === undefined ? {} : { error: { ...(error as object), later: strange } }),
  };
};

describe('an old program and a new one', () => {
  it('[P1] [fault 65] a server answers requests of protocol 1 byte for byte as the server of that time did', async () => {
    const history = createMemoryHistory(createMemoryChangeLog());
    let now = 1_772_362_000_000;
    const transcript = golden(1);
    for (let index = 0; index < transcript.length; index += 2) {
      const [asked, answered] = [transcript[index], transcript[index + 1]];
      const request = asked && parseSyncRequest(canonicalJson(asked.message));
      if (!request?.ok) throw new Error('not a request');
      const result = await handleSync(history, testSpace, request.value, ++now);
      const body = result.ok ? result.value : { error: result.error };
      expect(canonicalJson(body as Json)).toBe(canonicalJson(answered?.message ?? null));
    }
    expect(transcript.length).toBeGreaterThan(10);
  });

  it('[P1] [fault 66] a device meets a server of protocol 1: told to wait, it keeps what it has, and goes on later', async () => {
    const server = createTestServer();
    const a = createTestDevice('a', server);
    await a.act(setExpense({ note: 'typed before the server was updated' }));
    const before = a.state();
    const older = refusingAbove(protocolVersion - 1, server.transport);
    const outcome = await a.sync(1000, older);
    expect(outcome).toMatchObject({ type: 'failed', result: { refusal: { type: 'upgrade' } } });
    expect(a.state()).toBe(before);
    const { state } = step(initialSyncState, { type: 'exchanged', outcome, chance: 0 });
    expect(state.phase).toEqual({ type: 'blocked', problem: { type: 'upgradeNeeded' } });
    await a.settle();
    expect(a.state().outbox).toEqual([]);
  });

  it('[P1] a message of a type of entry that is not known is not applied at all', async () => {
    const server = createTestServer();
    const a = createTestDevice('a', server);
    const answer = { epoch: 1, head: 1, serverTime: 1, acknowledged: null, more: false };
    const entries = [{ type: 'ofThe30s', seq: 1, epoch: 1, receivedAt: 1 }];
    expect(parseSyncAnswer(JSON.stringify({ ...answer, entries }))).toMatchObject({ ok: false });
    const unreadable: Transport = { send: async () => ({ type: 'notTheServer' }), part: noParts };
    const options = { changesMax: 1, newReplica: '0'.repeat(16), now: 1 };
    expect(await exchange(a.store, unreadable, options)).toMatchObject({ type: 'failed' });
    expect(a.meta().cursor).toBe(0);
  });
});

/** As a server of an older protocol answers: by its version, before it reads anything else. */
const refusingAbove = (protocol: number, transport: Transport): Transport => ({
  ...transport,
  send: async (request: SyncRequest) =>
    request.protocol > protocol
      ? { type: 'refused', refusal: { type: 'upgrade', message: 'the server is older than this app' } }
      : transport.send(request),
});

describe('pinned schemas', () => {
  const hashOf = (schemas: Readonly<Record<string, unknown>>): string => {
    const shapes = Object.entries(schemas).filter(([, each]) => typeof each === 'object' && each !== null);
    return hashText(canonicalJson(Object.fromEntries(shapes.map(([name, each]) => [name, schemaShape(each)]))));
  };

  /** A wire change carries a version, a rule, golden messages and this hash in one commit. */
  it('[P1] the messages are those of this protocol version', () => {
    expect({ protocolVersion, hash: hashOf(messages) }).toEqual({
      protocolVersion: 2,
      hash: '1689f4c631cc65610200d9a90a5d280e',
    });
  });

  it('[P1] the records are those of this schema version', () => {
    expect({ schemaVersion, hash: hashOf(records) }).toEqual({
      schemaVersion: 2,
      hash: '80ab0a97feb17721c572fbbb0fb20b27',
    });
  });

  it('a schema of other members, bounds, patterns or literals has another shape', () => {
    const shapes = Object.values(messages).map(schemaShape);
    expect(new Set(shapes).size).toBe(shapes.length);
    expect(shapes.join()).toContain('0-9a-f');
  });
});
