import { type DecimalMark, splitAmountCell } from './read-amount.ts';

/** What amounts of a column show about their decimal mark; `open` is a cell that could be read both ways. */
export type DecimalEvidence = { readonly mark: DecimalMark | undefined; readonly open: string | undefined };

/**
 * The mark that stands before decimals, by the cells that can be read in one way only: two different marks (the last),
 * a mark that repeats (not that one), a mark before other than three digits (that one), a leading zero.
 */
export const decimalEvidence = (cells: readonly string[]): DecimalEvidence => {
  const votes = { '.': 0, ',': 0 };
  let open: string | undefined;
  for (const cell of cells) {
    const vote = voteOf(splitAmountCell(cell).text);
    if (vote === 'open') open ??= cell;
    else if (vote) votes[vote] += 1;
  }
  const mark = votes['.'] === votes[','] ? undefined : votes['.'] > votes[','] ? '.' : ',';
  return { mark, open };
};

const voteOf = (text: string): DecimalMark | 'open' | undefined => {
  const body = text.replace(/[^\d.,]/g, '');
  const marks = body.replace(/\d/g, '');
  const last = marks.at(-1);
  if (last !== '.' && last !== ',') return undefined;
  const other = last === '.' ? ',' : '.';
  if (marks.includes(other)) return last;
  if (marks.length > 1) return other;
  const decimals = body.length - body.indexOf(last) - 1;
  if (decimals === 0) return undefined;
  return decimals === 3 && !/^0?[.,]/.test(body) && body.indexOf(last) <= 3 ? 'open' : last;
};
