import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Write capacity units by table, those of its indexes included. */
export type UnitsByTable = ReadonlyMap<string, number>;

export type UnitCounter = {
  /** Where the SDK is to send what it would send to the engine. */
  readonly endpoint: string;
  /** Units since the last call. */
  readonly take: () => UnitsByTable;
  readonly close: () => Promise<void>;
};

const writeTarget = /^DynamoDB_\d+\.(PutItem|UpdateItem|DeleteItem|BatchWriteItem|TransactWriteItems)$/;

/**
 * Stands before the engine and asks, with every write, for the capacity that it consumes (`ReturnConsumedCapacity`), so
 * that the functions run as they are deployed. The engine checks no signature. A write whose condition fails consumes too
 * and tells nothing: `take` throws if there was one.
 */
export const startUnitCounter = async (engineEndpoint: string): Promise<UnitCounter> => {
  let units = new Map<string, number>();
  let failedWrites = 0;
  const server = createServer((request, response) => {
    void forward(engineEndpoint, request).then(({ status, headers, text, isWrite }) => {
      if (isWrite && status !== 200) failedWrites += 1;
      for (const { TableName: name = '', CapacityUnits: used = 0 } of isWrite ? capacitiesIn(text) : [])
        units.set(name, (units.get(name) ?? 0) + used);
      response.writeHead(status, headers).end(text);
    }, response.destroy.bind(response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    take: () => {
      if (failedWrites > 0) throw new Error(`${failedWrites} writes failed, whose units nobody knows`);
      const taken = units;
      units = new Map();
      return taken;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};

/** Hop by hop, or of a body that is no longer the same. */
const leftOut = new Set(['host', 'connection', 'content-length', 'transfer-encoding', 'expect']);

const forward = async (engineEndpoint: string, request: IncomingMessage) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const isWrite = writeTarget.test(String(request.headers['x-amz-target']));
  const sent = Buffer.concat(chunks);
  const body = isWrite ? withCapacity(sent.toString()) : sent;
  const headers = Object.entries(request.headers).filter(([name]) => !leftOut.has(name));
  const answer = await fetch(engineEndpoint, { method: 'POST', headers: headers as [string, string][], body });
  const type = answer.headers.get('content-type') ?? 'application/x-amz-json-1.0';
  return { status: answer.status, headers: { 'content-type': type }, text: await answer.text(), isWrite };
};

const withCapacity = (body: string): string =>
  JSON.stringify({ ...(JSON.parse(body) as object), ReturnConsumedCapacity: 'TOTAL' });

type Capacity = { readonly TableName?: string; readonly CapacityUnits?: number };

/** One for a write of one item, a list for a batch. */
const capacitiesIn = (answer: string): readonly Capacity[] => {
  const { ConsumedCapacity: consumed } = JSON.parse(answer) as { ConsumedCapacity?: Capacity | readonly Capacity[] };
  return consumed === undefined ? [] : ([consumed].flat() as readonly Capacity[]);
};
