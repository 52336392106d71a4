import {
  type Act,
  exchange,
  initialSyncState,
  newReplicaMeta,
  recordActs,
  step,
  type SyncProblem,
  type Transport,
  type TransportResult,
} from '@fintrack/sync-core/client';
import {
  limits,
  parseRefusalBody,
  parseSyncAnswer,
  type Refusal,
  type SpaceId,
  type SyncRequest,
} from '@fintrack/sync-core/protocol';
import { type History, type LifecycleSettings, type RowAudit, type RowStore } from '@fintrack/sync-core/server';
import { createMemoryClientStore, testId, testReplica } from '@fintrack/sync-core/testing';
import type { DynamoDBStreamEvent, ScheduledEvent } from 'aws-lambda';
import { createRowAudit } from '../src/dynamodb/row-audit.ts';
import { createSweepPort, createUserRemover } from '../src/dynamodb/users.ts';
import type { HttpResponse } from '../src/http.ts';
import { createHttpHandler } from '../src/http-handler.ts';
import { createLogger, type Metrics } from '../src/log.ts';
import { createMaterialiseHandler } from '../src/materialise-handler.ts';
import { createHistoryRoute, createPartRoute, createReceiptRoute } from '../src/routes/history.ts';
import { createSyncRoute } from '../src/routes/sync.ts';
import { claimsOf, httpEvent, syncEvent, textOf } from './device.ts';
import { clientId, type Cloud, historyOf, rowsOf } from './support.ts';

/** A life small enough to be told in a test. */
export const smallSettings: LifecycleSettings = {
  entriesPerSegment: 2,
  entriesPerSnapshot: 4,
  recordsPerPart: 2,
  functionTimeoutMs: 1_000,
};

export type RealServerOptions = {
  readonly history?: Partial<History>;
  readonly store?: RowStore;
  readonly audit?: Partial<RowAudit>;
};

/** The functions over the real engine, with a clock in the test's hand: routes, gateway events, bodies and all. */
export const createRealServer = (
  cloud: Cloud,
  { history: more = {}, store = rowsOf(cloud), audit = {} }: RealServerOptions = {},
) => {
  const clock = { now: 1_772_362_000_000 };
  const lines: string[] = [];
  const counted: Metrics[] = [];
  const history = historyOf(cloud, { settings: smallSettings, ...more });
  const now = () => (clock.now += 1);
  const write = (line: string) => void lines.push(line);
  const http = { clientId, now, logger: createLogger({ function: 'sync', now, write }) };
  const sync = createSyncRoute({ history, now, count: () => undefined });
  const routes = new Map([
    ['/v1/sync', sync],
    ['/v1/snapshot', createPartRoute(history)],
    ['/v1/history', createHistoryRoute(history)],
    ['/v1/receipt', createReceiptRoute(history)],
  ]);
  const handler = createHttpHandler({
    ...http,
    route: async (user, { path, body }) => {
      const route = routes.get(path);
      if (!route) throw new Error(`no route ${path}`);
      return route(user, body);
    },
  });
  const logger = createLogger({ function: 'materialise', now, write });
  const removeUser = createUserRemover(cloud.client, cloud.tables.users);
  const removed: SpaceId[] = [];
  const materialise = createMaterialiseHandler({
    history,
    store,
    audit: { ...createRowAudit(cloud.client, cloud.tables), ...audit },
    sweepPort: createSweepPort(cloud.client, cloud.tables),
    removePerson: async (space) => {
      removed.push(space);
      await removeUser(space);
    },
    logger: { ...logger, count: (metrics) => void counted.push(metrics) },
    now,
  });
  const post = (path: string, space: SpaceId, message: object): Promise<HttpResponse> =>
    handler(httpEvent('POST', path, JSON.stringify(message), { claims: claimsOf(space) }));
  return {
    clock,
    history,
    lines,
    /** Whom the user pool no longer has. */
    removed,
    post,
    /** One of the materialiser's counts, over all its runs. */
    counted: (metric: keyof Metrics): number => counted.reduce((sum, metrics) => sum + (metrics[metric] ?? 0), 0),
    poke: (space: SpaceId) => materialise(pokeOf(space)),
    sweep: () => materialise(scheduled),
    transport: transportOver(
      (space, request) => handler(syncEvent(space, request)),
      (space, message) => post('/v1/snapshot', space, message),
    ),
  };
};

export type RealServer = ReturnType<typeof createRealServer>;

export const pokeOf = (space: SpaceId): DynamoDBStreamEvent => ({
  Records: [{ eventName: 'INSERT', dynamodb: { Keys: { space: { S: space } }, SequenceNumber: '100' } }],
});

/** What starts a sweep. */
export const scheduled: ScheduledEvent = {
  'detail-type': 'Scheduled Event',
  source: 'aws.events',
  id: '1',
  account: '1',
  region: 'eu-west-1',
  time: '',
  version: '0',
  resources: [],
  detail: {},
};

type Ask<Message> = (space: SpaceId, message: Message) => Promise<HttpResponse>;

const transportOver = (send: Ask<SyncRequest>, part: Ask<object>): Transport => ({
  send: async (request): Promise<TransportResult> => {
    const response = await send(request.space, request);
    const answer = parseSyncAnswer(textOf(response));
    return answer.ok ? { type: 'answer', answer: answer.value } : refused(response);
  },
  part: async (request) => {
    const response = await part(request.space, request);
    return response.statusCode === 200 ? { type: 'part', text: textOf(response) } : refused(response);
  },
});

const refused = (response: HttpResponse) => {
  const body = parseRefusalBody(textOf(response));
  if (!body.ok) throw new Error(`not an answer: ${textOf(response).slice(0, 200)}`);
  return { type: 'refused', refusal: body.value.error as Refusal } as const;
};

const roundsMax = 60;

/** A device of the production client over a store in memory. Its clock moves one second an act. */
export const createRealDevice = (server: Pick<RealServer, 'transport' | 'history'>, space: SpaceId, letter: string) => {
  const store = createMemoryClientStore(newReplicaMeta(space, testReplica(letter)));
  let at = 1_000;
  let draws = 0;
  const round = (transport: Transport, changesMax: number = limits.changesPerPushMax) =>
    exchange(store, transport, {
      changesMax,
      newReplica: `f${String(++draws).padStart(3, '0')}${testReplica(letter).slice(4)}`,
      now: at,
      checkpointEvery: server.history.settings.entriesPerSnapshot,
    });
  const typeAll = async (notes: readonly (readonly [number: number, note: string])[]): Promise<void> => {
    at += 1_000;
    const acts = notes.map(([number, note]): Act => {
      const values = { note, date: '2026-03-01', amount: { minor: 100 + number, currency: 'EUR' } };
      return { type: 'set', kind: 'expense', id: testId(number), values };
    });
    const recorded = await recordActs(store, acts, { at });
    if (!recorded.ok) throw new Error(`refused: ${recorded.error.type}`);
  };
  return {
    meta: () => store.state().meta,
    outbox: () => store.state().outbox,
    lost: () => store.state().journal.flatMap((each) => (each.type === 'lost' ? [each.value] : [])),
    note: (number: number) => store.state().records.get(`expense/${testId(number)}`)?.shown?.cells['note']?.value,
    notes: (): readonly string[] =>
      [...store.state().records.values()]
        .flatMap(({ shown }) => {
          const note = shown?.cells['note']?.value;
          return typeof note === 'string' ? [note] : [];
        })
        .sort(),
    /** Types a note into an expense of today. */
    type: (number: number, note: string): Promise<void> => typeAll([[number, note]]),
    /** As an import does: all at once. */
    typeAll,
    sync: (transport = server.transport) => round(transport),
    /** The sync loop from one wake to its rest; of its waits only why, as nobody waits here. */
    async wake(): Promise<readonly SyncProblem[]> {
      const problems: SyncProblem[] = [];
      let next = step(initialSyncState, { type: 'wake' });
      for (let rounds = 0; rounds < roundsMax; rounds++) {
        const { phase } = next.state;
        if (phase.type === 'waiting' || phase.type === 'blocked') problems.push(phase.problem);
        if (phase.type === 'idle' || phase.type === 'blocked') return problems;
        next =
          phase.type === 'waiting'
            ? step(next.state, { type: 'wake' })
            : step(next.state, {
                type: 'exchanged',
                outcome: await round(server.transport, next.state.changesMax),
                chance: 0,
              });
      }
      throw new Error('does not rest');
    },
    /** Until there is nothing left to push or pull. */
    async settle(): Promise<void> {
      for (let rounds = 0; rounds < roundsMax; rounds++) {
        const outcome = await round(server.transport);
        if (outcome.type === 'failed') throw new Error(`failed: ${JSON.stringify(outcome.result)}`);
        if (outcome.type === 'progress' && !outcome.more) return;
      }
      throw new Error('does not settle');
    },
  };
};

export type RealDevice = ReturnType<typeof createRealDevice>;

/** So many pushes of one note each, to expenses `first`, `first + 1`, ... */
export const pushNotes = async (device: RealDevice, first: number, count: number): Promise<void> => {
  for (let number = first; number < first + count; number++) {
    await device.type(number, `note ${number}`);
    await device.sync();
  }
};
