import { recordKey } from '../protocol/ids.ts';
import { canonicalJson } from '../protocol/json.ts';
import { nothingApplied } from '../server/ports.ts';
import type { RowAudit } from '../server/repair-rows.ts';
import type { MemoryRowStore } from './memory-server-stores.ts';

/** Over rows in memory, which have no columns beside them. */
export const createMemoryRowAudit = (store: MemoryRowStore): RowAudit => ({
  differing: async (space, rows) => {
    const keys = rows.map((row) => recordKey(row.kind, row.id));
    const stored = await store.rows(space, keys);
    return rows.flatMap((row) => {
      const key = recordKey(row.kind, row.id);
      const found = stored.get(key);
      const isSame = found !== undefined && canonicalJson(found) === canonicalJson(row);
      return isSame ? [] : [{ key, seq: found?.seq ?? 0 }];
    });
  },
  removeUnknown: async (space, known, applied) => {
    const rows = [...store.all(space)];
    const kept = rows.filter(([key, row]) => known.has(key) || row.seq > applied);
    if (kept.length === rows.length) return 0;
    const from = await store.applied(space);
    await store.removeAll(space, []);
    for (const [, row] of kept) await store.putRow(space, row, 0);
    await store.advance(space, nothingApplied, from);
    return rows.length - kept.length;
  },
});
