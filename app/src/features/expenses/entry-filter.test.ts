import { describe, expect, it } from 'vitest';
import { filterOfSearch, queryOfFilter, searchOfFilter } from './entry-filter.ts';

describe('the filter in the address', () => {
  it('goes there and back', () => {
    const filter = { month: '2025-11', categoryId: null, text: 'Café & Co' };
    expect(filterOfSearch(searchOfFilter(filter))).toEqual(filter);
    expect(searchOfFilter(filterOfSearch(''))).toBe('');
  });

  it('leaves out a month that does not exist', () => {
    expect(filterOfSearch('month=2025-13&text=a')).toEqual({ text: 'a' });
  });

  it('asks the ledger for words only where there are some', () => {
    expect(queryOfFilter({ text: '  ' }, 50)).toEqual({ limit: 50 });
    expect(queryOfFilter({ text: ' rewe', categoryId: 'c1' }, 50)).toEqual({
      text: 'rewe',
      categoryId: 'c1',
      limit: 50,
    });
  });
});
