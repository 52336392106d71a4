import type { Json } from '../protocol/json.ts';
import { isDeleted, type Row } from '../row.ts';
import type { ClaimProgress, ClientStore, ReplicaMeta } from './ports.ts';
import type { Act } from './record-acts.ts';

type Values = Record<string, Json>;

/**
 * [D9] What copies one record of a local ledger into an account: generated values as a generated create, typed ones at
 * the time they were typed. Deleting a record with a derived id says something about that id, so it is told to the
 * account; any other tombstone means nothing to an account that never had the record.
 */
export const claimActs = (row: Row): readonly Act[] => {
  const { kind, id } = row;
  if (isDeleted(row)) return isDerived(row) ? [{ type: 'delete', kind, id, at: row.deleted?.version.at ?? 0 }] : [];
  const generated: Values = {};
  let generatedAt = 0;
  const typed = new Map<number, Values>();
  for (const [group, { value, version }] of Object.entries(row.cells)) {
    if (version.generated) {
      generated[group] = value;
      generatedAt = version.at;
    } else typed.set(version.at, { ...typed.get(version.at), [group]: value });
  }
  const acts: Act[] = [];
  if (Object.keys(generated).length > 0) acts.push({ type: 'generate', kind, id, values: generated, at: generatedAt });
  for (const [at, values] of [...typed].sort(([a], [b]) => a - b)) acts.push({ type: 'set', kind, id, values, at });
  return acts;
};

/** An id of version 5 is made of what the record stands for; an imported entry's only of its file's line. */
const isDerived = ({ id, cells }: Row): boolean => id[14] === '5' && cells['import'] === undefined;

/** Another tab copied on from the same place first. */
export class ClaimTaken extends Error {}

/** [D9] The account's store, for one chunk: it throws `ClaimTaken` unless the progress is still what this run has seen. */
export const onlyAfter = (store: ClientStore, seen: ClaimProgress): ClientStore => ({
  transact: (plan) =>
    store.transact(async (reads) => {
      const { claim } = await reads.meta();
      if (claim?.from === seen.from ? claim.after !== seen.after || claim.done : seen.after !== '')
        throw new ClaimTaken();
      return plan(reads);
    }),
});

/** [D9] [D2] The local ledger may go: it is wholly copied, and nothing claimed is left in the account's outbox. */
export const mayForgetLocal = ({ claim }: ReplicaMeta, from: string, claimedWaiting: number): boolean =>
  claim?.from === from && claim.done && claimedWaiting === 0;
