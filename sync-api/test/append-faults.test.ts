import { limits } from '@fintrack/sync-core/protocol';
import { describe, expect, it } from 'vitest';
import { createChangeLog } from '../src/dynamodb/change-log.ts';
import { createRealDevice, createRealServer } from './real-server.ts';
import { type Fault, faultyClient, freshSpace, logOf, namedError, noise, useCloud } from './support.ts';

const cloud = useCloud();
const bounds = { entriesMax: 100, sizeBytesMax: 10_000_000, isConsistent: true };

/** The functions over a log whose calls go through `fault`, one device, and what stands in the log itself. */
const worldWith = (fault: Fault) => {
  const log = createChangeLog(faultyClient(cloud(), fault), cloud().tables.syncLog);
  const server = createRealServer(cloud(), { history: { log } });
  const space = freshSpace();
  const entries = async () => (await logOf(cloud()).after(space, 0, bounds)).map(({ entry }) => entry);
  return { device: createRealDevice(server, space, 'a'), reader: createRealDevice(server, space, 'b'), entries };
};

describe('what a device typed, while the database fails', () => {
  it('[fault 11] throttled in the middle of a request: the device is told to wait, keeps it, and sends it later', async () => {
    let throttles = 2;
    const { device, entries } = worldWith(async (command, send) => {
      if (command === 'PutItemCommand' && throttles-- > 0) throw namedError('ProvisionedThroughputExceededException');
      await send();
    });
    await device.type(1, 'tea');
    const outcome = await device.sync();
    expect(outcome).toMatchObject({ type: 'failed', result: { refusal: { type: 'throttled', delayMs: 1_000 } } });
    expect(device.outbox()).toHaveLength(1);
    expect(await entries()).toEqual([]);
    expect(await device.wake()).toEqual([{ type: 'serverBusy' }]);
    expect(device.outbox()).toEqual([]);
    expect(await entries()).toMatchObject([{ seq: 1, first: 1 }]);
  });

  it('[fault 12] a time-out after the item was written: a strong read finds it, and nobody hears of it', async () => {
    let lost = 0;
    const { device, reader, entries } = worldWith(async (command, send) => {
      await send();
      if (command === 'PutItemCommand' && lost++ === 0) throw namedError('TimeoutError');
    });
    await device.type(1, 'tea');
    expect(await device.wake()).toEqual([]);
    expect(lost).toBe(1);
    expect(device.outbox()).toEqual([]);
    expect(await entries()).toHaveLength(1);
    await reader.settle();
    expect(reader.notes()).toEqual(['tea']);
  });

  it('[fault 12] a time-out before anything was written: a strong read finds nothing, and it is written', async () => {
    let puts = 0;
    const { device, entries } = worldWith(async (command, send) => {
      if (command === 'PutItemCommand' && puts++ === 0) throw namedError('TimeoutError');
      await send();
    });
    await device.type(1, 'tea');
    expect(await device.wake()).toEqual([]);
    expect(puts).toBe(2);
    expect(await entries()).toHaveLength(1);
  });

  it('[fault 12] nothing can be read either: the device waits, and the log has it once', async () => {
    let isSilent = true;
    const { device, entries } = worldWith(async (command, send) => {
      await send();
      if (isSilent && command !== 'QueryCommand') throw namedError('TimeoutError');
    });
    await device.type(1, 'tea');
    expect(await device.sync()).toMatchObject({ type: 'failed', result: { refusal: { type: 'busy' } } });
    expect(device.outbox()).toHaveLength(1);
    isSilent = false;
    expect(await device.wake()).toEqual([]);
    expect(device.outbox()).toEqual([]);
    expect(await entries()).toHaveLength(1);
  });

  it('[fault 13] more than an item holds: nothing is written of it, and the device sends it in smaller pieces', async () => {
    let puts = 0;
    const { device, reader, entries } = worldWith(async (command, send) => {
      if (command === 'PutItemCommand') puts += 1;
      await send();
    });
    const notes = Array.from({ length: 400 }, (_, i) => [i + 1, noise(1_990, i)] as const);
    await device.typeAll(notes);
    const whole = await device.sync();
    expect(whole).toMatchObject({
      type: 'failed',
      result: { refusal: { type: 'tooLarge', limitBytes: limits.logItemSizeBytesMax } },
    });
    expect([puts, await entries()]).toEqual([0, []]);
    expect(await device.wake()).toEqual([]);
    expect(device.outbox()).toEqual([]);
    const written = await entries();
    expect(written.length).toBeGreaterThan(2);
    await reader.settle();
    expect(reader.notes()).toEqual(notes.map(([, note]) => note).sort());
  });
});
