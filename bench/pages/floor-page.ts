import { benchExpenses } from '../data/expenses.ts';
import { openRawStore, type RawRecord, readAll, writeAll } from './raw-store.ts';

let opened: Promise<IDBDatabase> | undefined;
const store = (): Promise<IDBDatabase> => (opened ??= openRawStore());

/** The least that any app does: plain records in plain IndexedDB, sent whole as gzipped JSON. */
const floor = {
  async open(): Promise<void> {
    await store();
  },

  /** Fetches the records and writes them. */
  async pull(): Promise<number> {
    const database = await store();
    const records = (await (await fetch('/floor/records')).json()) as RawRecord[];
    await writeAll(database, records, 'relaxed');
    return records.length;
  },

  /** Sends every record there is. */
  async push(): Promise<void> {
    const text = JSON.stringify(await readAll(await store()));
    const packed = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'));
    const body = await new Response(packed).arrayBuffer();
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
    await fetch('/floor/records', { method: 'POST', body, headers });
  },

  /** Reads every record and writes it again, as an app does that marks what was sent. */
  async rewrite(): Promise<void> {
    const database = await store();
    await writeAll(database, await readAll(database), 'relaxed');
  },

  async importExpenses(count: number): Promise<void> {
    const records = benchExpenses(count).map((expense) => ({ id: crypto.randomUUID(), ...expense }));
    await writeAll(await store(), records, 'relaxed');
  },

  /** Milliseconds that each of so many puts took, one transaction each, flushed to disk. */
  async saveEach(count: number): Promise<readonly number[]> {
    const database = await store();
    const taken: number[] = [];
    for (const expense of benchExpenses(count, 7)) {
      const record = { id: crypto.randomUUID(), ...expense };
      const startedAtMs = performance.now();
      await writeAll(database, [record], 'strict');
      taken.push(performance.now() - startedAtMs);
    }
    return taken;
  },
};

export type FloorPage = typeof floor;

Object.assign(globalThis, { bench: floor });
