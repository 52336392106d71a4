import { recordKey } from '../protocol/ids.ts';
import { canonicalJson } from '../protocol/json.ts';
import type { RowStore } from '../server/ports.ts';
import type { RowAudit } from '../server/repair-rows.ts';

/** Over rows in memory, which have no columns beside them. */
export const createMemoryRowAudit = (store: RowStore): RowAudit => ({
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
});
