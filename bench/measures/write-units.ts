import { createRandom } from '@fintrack/sync-core/testing';
import { createDevice, expense } from '../../sync-api/test/device.ts';
import { benchExpenses } from '../data/expenses.ts';
import type { BenchCloud } from '../harness/bench-cloud.ts';
import { pushTo } from '../harness/push-to.ts';
import type { Bench, Measured } from '../harness/report.ts';

/** Expenses a batch, and the most write units that one of them may cost. */
const targets = [
  { batch: 1, unitsMax: 4.0 },
  { batch: 10, unitsMax: 2.2 },
  { batch: 50, unitsMax: 2.1 },
] as const;
/** Each of three replicas pushes so many batches in turn, the tables following after each. */
const batchesEach = 4;
const letters = ['a', 'b', 'c'];

/** What the engine itself says it consumed, for the log, the materialised rows with their indexes, and `applied`. */
export const writeUnitsBench: Bench = {
  measures: ['write-units-1', 'write-units-10', 'write-units-50'],
  run: async ({ cloud }) => {
    const measured: Measured[] = [];
    for (const { batch, unitsMax } of targets) measured.push(await measureBatches(await cloud(), batch, unitsMax));
    return measured;
  },
};

const measureBatches = async (cloud: BenchCloud, batch: number, unitsMax: number): Promise<Measured> => {
  const random = createRandom(batch);
  const space = random.uuid();
  const devices = letters.map((letter) => createDevice(space, letter));
  const expenses = benchExpenses((batchesEach + 1) * letters.length * batch, batch);
  let used = 0;
  const pushAll = async (): Promise<void> => {
    for (const device of devices) {
      const own = expenses.slice(used, (used += batch));
      const changes = own.map(({ amountMinor, date, categoryId, title, note }) => {
        const money = { minor: amountMinor, currency: 'EUR' };
        const values = { amount: money, date, category: categoryId, description: title, ...(note !== '' && { note }) };
        return expense(random.uuid(), values, 1_764_000_000_000);
      });
      await pushTo(cloud, space, device.push(0, changes));
      await cloud.materialise(space);
    }
  };
  await pushAll(); // until all three stand in the vector
  cloud.takeWriteUnits();
  for (let round = 0; round < batchesEach; round++) await pushAll();
  const { log, rows, applied } = byPurpose(cloud);
  const created = batchesEach * letters.length * batch;
  return {
    measure: `write-units-${batch}`,
    judged: { unitsPerExpense: { value: (log + rows + applied) / created, max: unitsMax } },
    seen: { logUnits: log, rowUnits: rows, appliedUnits: applied, expenses: created, replicas: letters.length },
  };
};

const byPurpose = ({ takeWriteUnits, tableNames }: BenchCloud) => {
  const units = takeWriteUnits();
  const of = (name: string): number => units.get(name) ?? 0;
  const all = [...units.values()].reduce((sum, used) => sum + used, 0);
  const [log, applied] = [of(tableNames.TABLE_SYNC_LOG), of(tableNames.TABLE_SYNC_STATE)];
  return { log, applied, rows: all - log - applied };
};
