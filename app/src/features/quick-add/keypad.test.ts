import { describe, expect, it } from 'vitest';
import { pressKey } from './keypad.tsx';

const type = (...keys: string[]) => keys.reduce(pressKey, '');

describe('the keypad', () => {
  it('types sums', () => {
    expect(type('1', '2', '.', '4', '+', '3', '.', '5')).toBe('12.4 + 3.5');
  });

  it('ignores a second decimal mark in one figure, and an operator after an operator', () => {
    expect(type('1', '.', '5', '.', '0')).toBe('1.50');
    expect(type('1', '+', '+', '2')).toBe('1 + 2');
    expect(type('+', '1')).toBe('1');
  });

  it('removes an operator with its spaces', () => {
    expect(type('1', '+', 'backspace')).toBe('1');
    expect(type('1', '2', 'backspace')).toBe('1');
    expect(type('1', 'clear')).toBe('');
  });
});
