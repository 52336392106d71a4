import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { createChangeLog } from '../src/dynamodb/change-log.ts';
import { createDocumentClient } from '../src/dynamodb/document-client.ts';
import { createRowStore } from '../src/dynamodb/row-store.ts';
import { createSpaceStore } from '../src/dynamodb/space-store.ts';
import { createRealDevice, createRealServer } from './real-server.ts';
import { type Cloud, freshSpace, useCloud } from './support.ts';

const cloud = useCloud();

const capacity = v.object({ TableName: v.string(), CapacityUnits: v.number() });
const answerSchema = v.object({ ConsumedCapacity: v.union([capacity, v.array(capacity)]) });

/** A client that adds up the write units which the engine says its writes consumed, by table. */
const meteredClient = ({ engine }: Cloud) => {
  const units = new Map<string, number>();
  const client: DynamoDBDocumentClient = createDocumentClient(engine.clientConfig);
  const writes = new Set(['PutItemCommand', 'UpdateItemCommand', 'DeleteItemCommand', 'BatchWriteItemCommand']);
  client.middlewareStack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        if (!writes.has(commandName)) return next(args);
        const metered = { ...args, input: { ...args.input, ReturnConsumedCapacity: 'TOTAL' as const } };
        const answer = await next(metered);
        const { ConsumedCapacity: used } = v.parse(answerSchema, answer.output);
        for (const { TableName: name, CapacityUnits: count } of [used].flat()) {
          units.set(name, (units.get(name) ?? 0) + count);
        }
        return answer;
      },
    { step: 'initialize', name: 'meter', priority: 'high' },
  );
  return { client, units };
};

describe('what a push costs', () => {
  it.each([
    [1, 4],
    [10, 2.2],
    [50, 2.1],
  ])(
    '[I17] at %i expenses a batch from three devices, at most %f write units each: log, rows, applied',
    async (batch, most) => {
      const { tables } = cloud();
      const { client, units } = meteredClient(cloud());
      const log = createChangeLog(client, tables.syncLog);
      const spaces = createSpaceStore(client, tables.syncState);
      const server = createRealServer(cloud(), {
        history: { log, spaces },
        store: createRowStore(client, tables),
      });
      const space = freshSpace();
      const devices = ['a', 'b', 'c'].map((letter) => createRealDevice(server, space, letter));
      let number = 0;
      const pushAll = async () => {
        for (const device of devices) {
          await device.typeAll(Array.from({ length: batch }, () => [(number += 1), `note ${number}`] as const));
          await device.settle();
          await server.poke(space);
        }
      };
      await pushAll();
      units.clear();
      // At the protocol's own distance of snapshots: none falls due with this batch.
      const before = number;
      await devices[0]?.typeAll(Array.from({ length: batch }, () => [(number += 1), `note ${number}`] as const));
      await devices[0]?.settle();
      const logUnits = units.get(tables.syncLog) ?? 0;
      expect(units.size).toBe(1);
      await createRealServer(cloud(), {
        history: { log, spaces, settings: { ...server.history.settings, entriesPerSnapshot: 256 } },
        store: createRowStore(client, tables),
      }).poke(space);
      const total = [...units.values()].reduce((sum, used) => sum + used, 0);
      expect(number - before).toBe(batch);
      expect(units.get(tables.syncState)).toBe(1);
      expect(units.get(tables.expenses)).toBe(2 * batch);
      expect(total).toBe(logUnits + 2 * batch + 1);
      expect(total / batch).toBeLessThanOrEqual(most);
      const [entry] = await log.after(space, 3, { entriesMax: 1, sizeBytesMax: 1, isConsistent: true });
      expect(logUnits).toBeLessThanOrEqual(Math.ceil((entry?.sizeBytes ?? 0) / 1024) + 1);
    },
  );
});
