import { foldChange, openEntry } from '../fold.ts';
import type { Change } from '../protocol/change.ts';
import { type Identity, kindOfKey, type RecordKey, recordKey, type SpaceId } from '../protocol/ids.ts';
import { limits } from '../protocol/limits.ts';
import type { EpochMark, LogEntry } from '../protocol/log-entry.ts';
import { tableKinds } from '../protocol/records.ts';
import type { Row } from '../row.ts';
import { withListed } from './listed.ts';
import type { Applied, FactsReader, LogReader, RowStore } from './ports.ts';

export type Materialised = {
  readonly applied: number;
  readonly rowsWritten: number;
  /** The log went on above `applied` when this began, or another run moved `applied` meanwhile: call again. */
  readonly more: boolean;
  /** [L6] The account is being deleted: nothing is folded any more. */
  readonly isSealed?: true;
  /** No reader can tell whether an index shows all rows, until `repairRows` went over them. */
  readonly isDigestUnknown?: true;
};

/** Kinds with a row in a table: those of the domain, and the profile, which feeds Users. */
const kinds: ReadonlySet<string> = new Set([...tableKinds, 'profile']);
const rowTriesMax = 8;
/** Rows written side by side: a batch of 1,000 takes as long as 63 writes, and one space cannot take every connection. */
const rowsAtOnce = 16;

/**
 * [M1] Brings the domain's tables up to the log, one bounded run of entries a call.
 *
 * Any number of these may run at once, late or again: a row is written only over the version it was folded from, and
 * `applied` moves forward only when every row of the run is written, and only from where the run began.
 */
export const materialise = async (
  { log, spaces }: { readonly log: LogReader; readonly spaces: FactsReader },
  store: RowStore,
  space: SpaceId,
): Promise<Materialised> => {
  const from = await store.applied(space);
  const applied = from.seq;
  const tail = await log.tail(space);
  if (tail?.entry.type === 'seal') return { applied, rowsWritten: 0, more: false, isSealed: true };
  const head = tail?.entry.seq ?? 0;
  if (head <= applied) return { applied, rowsWritten: 0, more: false, ...tellUnknown(from) };
  const stored = await log.after(space, applied, {
    entriesMax: 100,
    sizeBytesMax: limits.answerSizeBytesMax,
    isConsistent: true,
  });
  const run = stored.map(({ entry }) => entry);
  const last = run.at(-1)?.seq ?? applied;
  if (run.some((entry) => entry.type === 'seal')) return { applied, rowsWritten: 0, more: false, isSealed: true };
  const isWhole = run.length > 0 && run.every((entry, index) => entry.seq === applied + index + 1);
  if (!isWhole) return { applied, rowsWritten: 0, more: true };
  const epochs = run.some(({ epoch }) => epoch > 1) ? (await spaces.facts(space)).epochs : [];
  const steps = stepsByKey(run, epochs);
  const rows = await store.rows(space, [...steps.keys()]);
  const rowsWritten = await writeRows(store, space, steps, rows);
  const to: Applied = { seq: last, digest: digestAfter(from, steps, rows) };
  if (!(await store.advance(space, from, to))) return { applied, rowsWritten, more: true };
  return { applied: last, rowsWritten, more: head > last, ...tellUnknown(to) };
};

const tellUnknown = ({ digest }: Applied) => (digest === null ? { isDigestUnknown: true as const } : {});

/**
 * [M1] The digest with the rows of a run taken out as they stood at its beginning and put in as they are folded to its
 * end, whoever wrote them. A row that is read with a position above `from` was written by another run, concurrent or
 * killed, and no longer says how it stood there: the digest is then unknown. One at or below it is the fold up to `from`,
 * for all rows were written when `applied` came there, and positions of rows never fall [M2].
 */
const digestAfter = (
  from: Applied,
  steps: ReadonlyMap<RecordKey, readonly Step[]>,
  rows: ReadonlyMap<RecordKey, Row>,
): string | null => {
  let { digest } = from;
  for (const [key, own] of steps) {
    const before = rows.get(key);
    if (digest === null || (before?.seq ?? 0) > from.seq) return null;
    digest = withListed(withListed(digest, before), foldSteps(before, own));
  }
  return digest;
};

/** One change of one record, at its place in the log. */
type Step = {
  readonly entry: LogEntry;
  readonly change: Change;
  readonly identity: Identity;
  /** Restores before the entry. */
  readonly epochs: readonly EpochMark[];
};

const stepsByKey = (
  run: readonly LogEntry[],
  epochs: readonly EpochMark[],
): ReadonlyMap<RecordKey, readonly Step[]> => {
  const steps = new Map<RecordKey, Step[]>();
  for (const entry of run) {
    const before = epochs.filter(({ epoch }) => epoch <= entry.epoch);
    for (const each of openEntry(entry).changes) {
      if (each.type !== 'change' || !kinds.has(each.change.kind)) continue;
      const key = recordKey(each.change.kind, each.change.id);
      const own = steps.get(key) ?? [];
      own.push({ entry, change: each.change, identity: each.identity, epochs: before });
      steps.set(key, own);
    }
  }
  return steps;
};

/** How many were written. Their order is of no matter: `applied` waits for all of them. */
const writeRows = async (
  store: RowStore,
  space: SpaceId,
  steps: ReadonlyMap<RecordKey, readonly Step[]>,
  rows: ReadonlyMap<RecordKey, Row>,
): Promise<number> => {
  const all = [...steps];
  let rowsWritten = 0;
  for (let start = 0; start < all.length; start += rowsAtOnce) {
    const chunk = all.slice(start, start + rowsAtOnce);
    const written = await Promise.all(chunk.map(([key, own]) => writeRow(store, space, key, rows.get(key), own)));
    for (const count of written) rowsWritten += count;
  }
  return rowsWritten;
};

/** [M2] Written only over the version it was folded from; otherwise read again and folded again. */
const writeRow = async (
  store: RowStore,
  space: SpaceId,
  key: RecordKey,
  read: Row | undefined,
  steps: readonly Step[],
): Promise<0 | 1> => {
  let before = read;
  for (let tries = 0; tries < rowTriesMax; tries++) {
    const after = foldSteps(before, steps);
    if (!after || after === before) return 0;
    if (await store.putRow(space, after, before?.seq ?? 0)) return 1;
    before = (await store.rows(space, [key])).get(key);
  }
  throw new Error(`row of kind ${kindOfKey(key)} kept changing while it was written`);
};

/** The row after those steps that lie above what it has already. */
const foldSteps = (before: Row | undefined, steps: readonly Step[]): Row | undefined => {
  const from = before?.seq ?? 0;
  return steps.reduce<Row | undefined>((row, { entry, change, identity, epochs }) => {
    if (entry.seq <= from) return row;
    return foldChange(row, change, identity, { seq: entry.seq, receivedAt: entry.receivedAt, epochs }).row;
  }, before);
};
