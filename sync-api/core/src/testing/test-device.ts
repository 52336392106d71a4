import { exchange, type ExchangeOutcome, type Transport } from '../client/exchange.ts';
import { newReplicaMeta } from '../client/new-replica.ts';
import { type Act, type Recorded, recordActs, type RecordActsOptions } from '../client/record-acts.ts';
import { type RecordKey, recordKey } from '../protocol/ids.ts';
import type { Json } from '../protocol/json.ts';
import { handleSync } from '../server/handle-sync.ts';
import { servePart } from '../server/serve-snapshot.ts';
import { testId, testReplica } from './change-builder.ts';
import { createInvariants } from './invariants.ts';
import { createMemoryClientStore, type DeviceState } from './memory-client-store.ts';
import { createMemoryHistory, type MemoryHistory } from './memory-lifecycle-stores.ts';
import { createMemoryChangeLog, type MemoryChangeLog } from './memory-server-stores.ts';

export const testSpace = 'space';

/** Acts on an expense by its small number. */
export const setExpense = (values: Readonly<Record<string, Json>>, number = 1): Act & { type: 'set' } => ({
  type: 'set',
  kind: 'expense',
  id: testId(number),
  values,
});
export const setNote = (value: string, number = 1) => setExpense({ note: value }, number);
export const deleteExpense = (number = 1): Act => ({ type: 'delete', kind: 'expense', id: testId(number) });
export const expenseKey = (number = 1): RecordKey => recordKey('expense', testId(number));

/** A server in memory; its clock moves one millisecond a request. */
export const createTestServer = (
  log: MemoryChangeLog = createMemoryChangeLog(),
  history: MemoryHistory = createMemoryHistory(log),
) => {
  let now = 1_000_000;
  const transport: Transport = {
    send: async (request) => {
      now += 1;
      const result = await handleSync(history, testSpace, request, now);
      return result.ok ? { type: 'answer', answer: result.value } : { type: 'refused', refusal: result.error };
    },
    part: async (request) => {
      const result = await servePart(history, testSpace, request);
      return result.ok ? { type: 'part', text: result.value } : { type: 'refused', refusal: result.error };
    },
  };
  return { log, history, transport };
};

export type TestServer = ReturnType<typeof createTestServer>;

/** A device with a store in memory. Its clock moves one second an act. */
export const createTestDevice = (letter: string, server: TestServer) => {
  const store = createMemoryClientStore(newReplicaMeta(testSpace, testReplica(letter)));
  let at = 1000;
  let draws = 0;
  const options = { checkpointEvery: server.history.settings.entriesPerSnapshot };
  const newReplica = () => `f${String(++draws).padStart(3, '0')}${testReplica(letter).slice(4)}`;
  return {
    store,
    state: (): DeviceState => store.state(),
    meta: () => store.state().meta,
    row: (number = 1) => store.state().records.get(expenseKey(number))?.shown,
    /** The values that the person sees. */
    values: (number = 1): Readonly<Record<string, unknown>> =>
      Object.fromEntries(
        Object.entries(store.state().records.get(expenseKey(number))?.shown?.cells ?? {}).map(([group, cell]) => [
          group,
          cell.value,
        ]),
      ),
    /** Records acts that must be right. */
    async act(acts: Act | readonly Act[], options: Partial<RecordActsOptions> = {}): Promise<Recorded> {
      at += 1000;
      const recorded = await recordActs(store, Array.isArray(acts) ? acts : [acts as Act], { at, ...options });
      if (!recorded.ok) throw new Error(`refused: ${recorded.error.type}`);
      return recorded.value;
    },
    /** One round. */
    sync: (changesMax = 1000, transport = server.transport): Promise<ExchangeOutcome> =>
      exchange(store, transport, { ...options, changesMax, newReplica: newReplica(), now: at }),
    /** Syncs until there is nothing left to push or pull; how many rounds it took. */
    async settle(changesMax = 1000, transport = server.transport): Promise<number> {
      for (let rounds = 1; rounds <= 20; rounds++) {
        const outcome = await exchange(store, transport, { ...options, changesMax, newReplica: newReplica(), now: at });
        if (outcome.type === 'progress' && !outcome.more) return rounds;
      }
      throw new Error('does not settle');
    },
  };
};

export type TestDevice = ReturnType<typeof createTestDevice>;

/** A server and two devices of one account. */
export const createTestPair = () => {
  const server = createTestServer();
  return { server, a: createTestDevice('a', server), b: createTestDevice('b', server) };
};

/** The first invariant that the log or these devices break, in words; devices at the log's end are held against it. */
export const brokenInvariant = (server: TestServer, ...devices: readonly TestDevice[]): string | undefined => {
  const log = server.log.entries(testSpace);
  const invariants = createInvariants(() => log);
  const states = devices.map((each) => each.state());
  const atEnd = states.filter(({ meta }) => meta.cursor === log.length && !meta.reidentify);
  return states.map((state) => invariants.ofCommit('device', state, state)).find(Boolean) ?? invariants.atRest(atEnd);
};

/** Each until it has nothing more to say, twice: what the last one said reaches the first. */
export const settleAll = async (...devices: readonly TestDevice[]): Promise<void> => {
  for (let rounds = 0; rounds < 2; rounds++) for (const each of devices) await each.settle();
};

/** Values in the journal of a device that lost to others. */
export const lostValues = (device: TestDevice): readonly Json[] =>
  device.state().journal.flatMap((each) => (each.type === 'lost' ? [each.value] : []));
