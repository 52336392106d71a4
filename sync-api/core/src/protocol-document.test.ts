import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { applyAnswer } from './client/apply-answer.ts';
import { prepareRequest } from './client/exchange.ts';
import { newReplicaMeta } from './client/new-replica.ts';
import { type Act, recordActs } from './client/record-acts.ts';
import { type Change, isChange } from './protocol/change.ts';
import { refusals } from './protocol/errors.ts';
import { parseSyncAnswer, parseSyncRequest } from './protocol/parse.ts';
import { handleSync } from './server/handle-sync.ts';
import { createMemoryClientStore } from './testing/memory-client-store.ts';
import { createMemoryHistory } from './testing/memory-lifecycle-stores.ts';
import { createMemoryChangeLog } from './testing/memory-server-stores.ts';

const document = readFileSync(new URL('../PROTOCOL.md', import.meta.url), 'utf8');
const sources = readdirSync(new URL('.', import.meta.url), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .map((path) => ({ path, text: readFileSync(new URL(path, import.meta.url), 'utf8') }));

const defined = [...document.matchAll(/^(?:- )?\*\*\[([A-Z]\d+)\]/gm)].map(([, id]) => id ?? '');
const idsIn = (text: string, pattern: RegExp): ReadonlySet<string> =>
  new Set([...text.matchAll(pattern)].flatMap(([all]) => all.match(/[FDSPMLI]\d+/g) ?? []));
const cited = (text: string) => idsIn(text, /[[(][FDSPMLI]\d+[\])]/g);
/** Ids that lead a test's or a contract case's name. */
const leading = (text: string) => idsIn(text, /['"`](?:\[[FDSPMLI]\d+\] )+/g);

describe('the protocol document', () => {
  it('numbers its rules without a gap and says each once', () => {
    const counts = { P: 9, F: 10, D: 9, S: 6, M: 3, L: 7, I: 17 };
    const all = Object.entries(counts).flatMap(([letter, count]) =>
      Array.from({ length: count }, (_, i) => `${letter}${i + 1}`),
    );
    expect(defined).toEqual(all);
  });

  it('refers only to rules that it has', () => {
    expect([...idsIn(document, /\b[FDSPMLI]\d+\b/g)].filter((id) => !defined.includes(id))).toEqual([]);
  });

  it('has every rule that the code or a test cites', () => {
    const unknown = sources.flatMap(({ path, text }) =>
      [...cited(text)].filter((id) => !defined.includes(id)).map((id) => `${path} cites ${id}`),
    );
    expect(unknown).toEqual([]);
  });

  it('has no rule of messages, fold, device, server or tables that neither code nor test cites', () => {
    const all = cited(sources.map(({ text }) => text).join('\n'));
    expect(defined.filter((id) => !id.startsWith('I') && !all.has(id))).toEqual([]);
  });

  it('has no rule of messages, fold, server or tables that leads no test', () => {
    const all = leading(
      sources.flatMap(({ path, text }) => (/\.test\.ts$|-contract\.ts$/.test(path) ? [text] : [])).join('\n'),
    );
    expect(defined.filter((id) => /^[PFSML]/.test(id) && !all.has(id))).toEqual([]);
  });

  it('[P9] lists every refusal with its status and retry class', () => {
    const listed = document
      .split('\n')
      .filter((line) => line.startsWith('| `'))
      .flatMap((line) => {
        const [types = '', statuses = '', retry = ''] = line.split('|').slice(1);
        const status = statuses.split(',').map((each) => each.trim());
        return (types.match(/\w+/g) ?? []).map((type, i) => [
          type,
          status[i] ?? status[0],
          retry.replaceAll(/\W/g, ''),
        ]);
      });
    for (const [type, { status, retry }] of Object.entries(refusals)) {
      expect(listed).toContainEqual([type, String(status), retry]);
    }
  });
});

describe('the worked example', () => {
  const example = (name: string): string => {
    const start = document.indexOf('{', document.indexOf(`<!-- example: ${name} -->`));
    return document.slice(start, document.indexOf('\n```', start));
  };
  const [request, answer] = [parseSyncRequest(example('request')), parseSyncAnswer(example('answer'))];
  if (!request.ok || !answer.ok) throw new Error('an example is no message');
  const [ask, reply] = [request.value, answer.value];

  const deviceThatAsks = async () => {
    const store = createMemoryClientStore(newReplicaMeta(ask.space, ask.replica));
    for (const change of (ask.push?.changes ?? []).filter(isChange)) await recordActs(store, [actOf(change)], change);
    return store;
  };
  const actOf = ({ kind, id, set }: Change): Act => ({
    type: 'set',
    kind,
    id,
    values: Object.fromEntries(Object.entries(set ?? {}).map(([group, [value]]) => [group, value])),
  });

  it('[P5] is the request that a device makes which typed just this', async () => {
    expect(await prepareRequest(await deviceThatAsks(), 1000)).toEqual(ask);
  });

  it('[P6] is the answer that a server gives whose log held just that', async () => {
    const log = createMemoryChangeLog();
    const first = reply.entries[0];
    if (first?.type !== 'changes') throw new Error('the example begins otherwise');
    await log.append(
      ask.space,
      { ...first, rejected: [] },
      { [first.replica]: [first.changes.length, first.hash, first.seq] },
    );
    expect(await handleSync(createMemoryHistory(log), ask.space, ask, reply.serverTime)).toEqual({
      ok: true,
      value: reply,
    });
  });

  it('[D2] leaves the device with both entries and nothing waiting', async () => {
    const store = await deviceThatAsks();
    const outcome = await applyAnswer(store, ask, reply, { newReplica: 'f'.repeat(16), now: 1 });
    expect(outcome).toEqual({ type: 'progress', waiting: 0, more: false, moved: true });
    const shown = [...store.state().records.values()].map((record) => record.shown?.cells);
    expect(shown).toMatchObject([{ description: { value: 'Coffee and cake' } }, { source: { value: 'Salary' } }]);
    expect(store.state().outbox).toEqual([]);
    expect(store.state().journal).toEqual([]);
  });
});
