import { describe, expect, it } from 'vitest';
import { readBudget } from './read-budget.ts';

const read = (text: string, currency = 'EUR') => {
  const found = readBudget(text, currency, '.');
  return found.ok ? found.value : found.error.type;
};

describe('a budget as typed', () => {
  it('is read with either mark', () => {
    expect(read('250')).toBe(25_000);
    expect(read('99,50')).toBe(9950);
    expect(read('1.310,00')).toBe(131_000);
    expect(read('12.500', 'KWD')).toBe(12_500);
  });

  it('is taken away by an empty field', () => {
    expect(read(' ')).toBeNull();
    expect(read('0')).toBe(0);
  });

  it('is never guessed', () => {
    expect(read('1,499')).toBe('ambiguous');
    expect(read('-5')).toBe('negative');
    expect(read('some')).toBe('unreadable');
  });
});
