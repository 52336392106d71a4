import type { JournalRecord } from '../client/index.ts';
import type { Identity, RecordKey } from '../protocol/ids.ts';
import { isDeleted, isLive, type Row } from '../row.ts';
import type { Landing } from './refold.ts';
import { type Deed, textOf } from './sim-person.ts';

/** What is true once everybody has everything. */
export type Outcome = {
  readonly deeds: readonly Deed[];
  /** Changes that a lost or older disk took with it before they were backed up; they may be in the log all the same. */
  readonly erased: ReadonlySet<Identity>;
  readonly rows: ReadonlyMap<RecordKey, Row>;
  readonly journal: readonly JournalRecord[];
  readonly landed: ReadonlyMap<Identity, Landing>;
  /** The server lost the end of its log once: bases up there count as nothing seen, so that more conflicts are told. */
  readonly wasCut: boolean;
};

/**
 * Invariant 7, judged by ancestry and without the fold: every value a person typed is current, journaled, flagged, or
 * was on the screen of whoever replaced or deleted it, back from a value that is accounted for. Returns the first
 * fault found, in words.
 */
export const judge = (outcome: Outcome): string | undefined => {
  const accounted = account(outcome);
  const flagged = new Set(outcome.journal.flatMap((each) => (each.type === 'rejected' ? [each.by] : [])));
  for (const deed of outcome.deeds) {
    if (!outcome.landed.has(deed.identity)) {
      if (outcome.erased.has(deed.identity)) continue;
      return `never reached the log: ${tell(deed)}`;
    }
    if (deed.isPoison && !flagged.has(deed.identity)) return `an invalid change was not flagged: ${tell(deed)}`;
    if (deed.type === 'write' && !flagged.has(deed.identity)) {
      const lost = Object.entries(deed.values).find(([group, value]) => !accounted.has(nameOf(deed.key, group, value)));
      if (lost) return `silently lost ${lost[0]}: ${tell(deed)}`;
    }
    if (deed.type === 'delete') {
      const undone = unannounced(outcome, deed);
      if (undone) return undone;
    }
  }
  return misjudged(outcome);
};

/**
 * The verdicts in the journal, against what people saw: nobody loses to a value they typed over, nothing is called a
 * conflict that its winner had seen, no clock wins from the future [F6], and what a program made is no rival [F7].
 */
const misjudged = ({ deeds, journal, landed, wasCut }: Outcome): string | undefined => {
  const by = new Map(deeds.map((deed) => [deed.identity, deed]));
  const isUnique = createUniqueness(deeds);
  for (const each of journal) {
    if (each.type === 'editMetDelete' && by.get(each.edit)?.type === 'generate')
      return `[F7] a made row counted as an edit: ${each.key}`;
    if (each.type !== 'lost') continue;
    const [loser, winner] = [by.get(each.by), by.get(each.to)];
    if (loser?.type === 'generate') return `[F7] a made value was journaled: ${each.key}`;
    if (
      !loser ||
      !winner ||
      loser.isMisled ||
      winner.isMisled ||
      landed.get(each.by)?.isCopied ||
      landed.get(each.to)?.isCopied
    )
      continue;
    const won = winner.values[each.group];
    if (!wasCut && isUnique(each.key, each.group, won) && loser.seen[each.group] === won)
      return `[F2] lost to the value it was typed over: ${tell(loser)}`;
    const value = textOf(each.value);
    if (!wasCut && isUnique(each.key, each.group, value) && winner.seen[each.group] === value)
      return `[F2] a conflict with a value that was seen: ${tell(winner)}`;
    if (loser.isClockRight && winner.isClockRight && loser.typedAt > winner.typedAt)
      return `[F4] lost to a value typed before it: ${tell(loser)}`;
    const wonAt = landed.get(each.to)?.receivedAt ?? Number.POSITIVE_INFINITY;
    if (loser.isClockRight && loser.typedAt > wonAt)
      return `[F6] lost to a value received before it was typed: ${tell(loser)}`;
  }
  return undefined;
};

/** Tells values that only one deed typed; the others meet by chance, or were put back from the journal. */
const createUniqueness = (deeds: readonly Deed[]) => {
  const counts = new Map<string, number>();
  for (const { key, values } of deeds) {
    for (const [group, value] of Object.entries(values)) {
      const name = nameOf(key, group, value);
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  }
  return (key: RecordKey, group: string, value: string | undefined): boolean =>
    value !== undefined && counts.get(nameOf(key, group, value)) === 1;
};

const nameOf = (key: RecordKey, group: string, value: string): string => `${key}|${group}|${value}`;
const tell = (deed: Deed): string => JSON.stringify(deed);

/** Values accounted for: those in force or journaled, and all that stood on the screen when one of them was typed. */
const account = ({ deeds, rows, journal, landed }: Outcome): ReadonlySet<string> => {
  const accounted = new Set<string>();
  const open: { key: RecordKey; group: string; value: string }[] = [];
  const add = (key: RecordKey, group: string, value: string): void => {
    const name = nameOf(key, group, value);
    if (accounted.has(name)) return;
    accounted.add(name);
    open.push({ key, group, value });
  };
  // What was there already: a damaged ledger said that it had been seen, and showed something else.
  const addAllBefore = (misled: Deed, only?: string): void => {
    for (const { key, values, typedAt } of deeds) {
      if (key !== misled.key || typedAt > misled.typedAt) continue;
      for (const [group, value] of Object.entries(values)) {
        if (only === undefined || only === group) add(key, group, value);
      }
    }
  };
  const addSeen = (deed: Deed): void => {
    if (deed.isMisled) addAllBefore(deed);
    for (const [group, value] of Object.entries(deed.seen)) add(deed.key, group, value);
    const deletion = deed.seenDeletion === null ? undefined : byIdentity.get(deed.seenDeletion);
    if (deletion && !followed.has(deletion)) {
      followed.add(deletion);
      addSeen(deletion);
    }
  };
  const byIdentity = new Map(deeds.map((deed) => [deed.identity, deed]));
  const followed = new Set<Deed>();
  for (const [key, row] of rows) {
    if (isLive(row)) for (const [group, cell] of Object.entries(row.cells)) add(key, group, textOf(cell.value));
  }
  const deletionsLost = new Set(journal.flatMap((each) => (each.type === 'editMetDelete' ? [each.deletion] : [])));
  for (const deed of deeds) {
    const row = rows.get(deed.key);
    const inForce =
      deed.type === 'delete' && row && isDeleted(row) && landed.has(deed.identity) && !deletionsLost.has(deed.identity);
    if (inForce) addSeen(deed);
  }
  for (const each of journal) {
    if (each.type === 'lost') add(each.key, each.group, textOf(each.value));
  }
  const typedBy = new Map<string, Deed[]>();
  for (const deed of deeds) {
    for (const [group, value] of Object.entries(deed.values)) {
      const name = nameOf(deed.key, group, value);
      typedBy.set(name, [...(typedBy.get(name) ?? []), deed]);
    }
  }
  for (let next = open.pop(); next; next = open.pop()) {
    const { key, group, value } = next;
    for (const deed of typedBy.get(nameOf(key, group, value)) ?? []) {
      const seen = deed.seen[group];
      if (seen !== undefined) add(key, group, seen);
      if (deed.isMisled) addAllBefore(deed, group);
      if (deed.seenDeletion !== null) addSeen(deed);
    }
  }
  return accounted;
};

/** A delete that did not hold is announced, or was undone by somebody who had seen it. */
const unannounced = ({ deeds, rows, journal }: Outcome, deed: Deed): string | undefined => {
  const row = rows.get(deed.key);
  if (!isLive(row)) return undefined;
  const isTold = journal.some((each) => each.type === 'editMetDelete' && each.key === deed.key);
  const isUndone = deeds.some(
    (other) => other.key === deed.key && other.type === 'write' && (other.seenDeletion !== null || other.isMisled),
  );
  return isTold || isUndone ? undefined : `a deleted row came back without a word: ${tell(deed)}`;
};
