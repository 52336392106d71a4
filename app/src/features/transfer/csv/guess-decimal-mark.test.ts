import { describe, expect, it } from 'vitest';
import { decimalEvidence } from './guess-decimal-mark.ts';

describe('decimalEvidence', () => {
  it.each([
    [['1.234,56'], ','],
    [['1,234.56'], '.'],
    [['12,5', '1.500'], ','],
    [['1.234.567'], ','],
    [['1,234,567'], '.'],
    [['0,125'], ','],
    [['-12.40 €', '3'], '.'],
    [['15', '200'], undefined],
  ])('finds in %j the mark %j', (cells, mark) => {
    expect(decimalEvidence(cells).mark).toBe(mark);
  });

  it('names a cell that can be read both ways', () => {
    expect(decimalEvidence(['45', '1,499'])).toEqual({ mark: undefined, open: '1,499' });
  });
});
