import { describe, expect, it } from 'vitest';
import { sheetOfPath } from './sheet-of-path.ts';

describe('a path', () => {
  it('of a sheet names what it is about', () => {
    expect(sheetOfPath('/add')).toEqual({ type: 'add' });
    expect(sheetOfPath('/advisor/why/7f3a')).toEqual({ type: 'why', id: '7f3a' });
    expect(sheetOfPath('/entry/income/7f3a')).toEqual({ type: 'edit', kind: 'income', id: '7f3a' });
    expect(sheetOfPath('/entry/expense/7f3a/history')).toEqual({ type: 'history', kind: 'expense', id: '7f3a' });
  });

  it('of a page is no sheet', () => {
    expect(
      ['/', '/entries', '/entry/loan/1', '/entry/expense', '/added', '/advisor', '/advisor/why'].map(sheetOfPath),
    ).toEqual(Array.from({ length: 7 }));
  });
});
