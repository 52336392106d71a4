import { readAmount } from './read-amount.ts';

type Cells = readonly (readonly string[])[];
export type RunningBalance = {
  readonly balance: number;
  readonly amount: number;
  readonly matching: number;
  readonly of: number;
};

/** A column of differences needs some rows to be more than chance. */
const stepsMin = 3;
const shareMin = 0.7;
const columnsMax = 6;

/** The two columns of which one sums up the other, row by row, upwards or downwards. Both by index. */
export const findRunningBalance = (indexes: readonly number[], rows: Cells): RunningBalance | undefined => {
  const few = indexes.slice(0, columnsMax);
  const values = new Map(few.map((index) => [index, rows.map((cells) => roughMinor(cells[index] ?? ''))]));
  const found = few.flatMap((balance) =>
    few
      .filter((amount) => amount !== balance)
      .map((amount) => ({ balance, amount, ...countSteps(values.get(balance) ?? [], values.get(amount) ?? []) })),
  );
  return found
    .filter(({ matching, of }) => of >= stepsMin && matching >= of * shareMin)
    .toSorted((a, b) => b.matching - a.matching)[0];
};

/** How often the step between two balances is the amount, with its own sign and with the reverse. */
export const signEvidence = (
  balances: readonly Minor[],
  amounts: readonly Minor[],
): { same: number; reverse: number } => {
  const oldestFirst = steps(balances, amounts, 1);
  const newestFirst = steps(balances, amounts, -1);
  const better = total(oldestFirst) >= total(newestFirst) ? oldestFirst : newestFirst;
  return { same: better.same, reverse: better.reverse };
};

export type Minor = number | undefined;

/** Minor units to compare with; two decimals are assumed, since only equality of sums matters. */
export const roughMinor = (cell: string): Minor => {
  const read = readAmount(cell, { currency: 'EUR', home: 'EUR', decimalMark: '.' });
  return read.ok ? read.value.minor : undefined;
};

type Steps = { readonly same: number; readonly reverse: number; readonly of: number };

const total = (found: Steps): number => found.same + found.reverse;

const countSteps = (balances: readonly Minor[], amounts: readonly Minor[]): { matching: number; of: number } => {
  const up = steps(balances, amounts, 1);
  const down = steps(balances, amounts, -1);
  // One sign throughout: amounts that are all positive with mixed steps are sums of nothing.
  return { matching: Math.max(up.same, up.reverse, down.same, down.reverse), of: up.of };
};

/** Direction 1: a row's balance is after its amount and rows run forwards in time; -1: rows run backwards. */
const steps = (balances: readonly Minor[], amounts: readonly Minor[], direction: 1 | -1): Steps => {
  const found = { same: 0, reverse: 0, of: 0 };
  for (let index = 1; index < balances.length; index += 1) {
    const [before, after] = direction === 1 ? [index - 1, index] : [index, index - 1];
    const amount = amounts[after];
    const [from, to] = [balances[before], balances[after]];
    if (amount === undefined || amount === 0 || from === undefined || to === undefined) continue;
    found.of += 1;
    if (to - from === amount) found.same += 1;
    else if (from - to === amount) found.reverse += 1;
  }
  return found;
};
