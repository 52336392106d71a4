import { describe, expect, it } from 'vitest';
import type { Category, Entry } from '../../model/ledger.ts';
import { recentFirst, suggestCategory } from './suggest-category.ts';

const entry = (title: string, categoryId: string | null): Entry => ({
  kind: 'expense',
  id: '',
  date: '2025-11-20',
  amountMinor: 1,
  currency: 'EUR',
  title,
  note: '',
  categoryId,
  importId: null,
  isPending: false,
});

describe('the suggested category', () => {
  it('is the usual one of the title, with how often', () => {
    const recent = [
      entry('Zola', 'leisure'),
      entry('zola', 'dining'),
      entry('Zola ', 'dining'),
      entry('Lidl', 'groceries'),
    ];
    expect(suggestCategory('ZOLA', recent)).toEqual({ categoryId: 'dining', times: 2, of: 3 });
  });

  it('is the latest of two that are equally usual', () => {
    expect(suggestCategory('Zola', [entry('Zola', 'a'), entry('Zola', 'b')])).toMatchObject({ categoryId: 'a' });
  });

  it('is nothing for a title never seen, or never given a category', () => {
    expect(suggestCategory('Zola', [entry('Zola', null)])).toBeUndefined();
    expect(suggestCategory('', [entry('', 'dining')])).toBeUndefined();
  });
});

describe('category chips', () => {
  it('begin with those used last', () => {
    const category = (id: string, order: number): Category => ({ id, name: id, hue: 0, icon: '', order });
    const categories = [category('a', 0), category('b', 1), category('c', 2)];
    const ids = recentFirst(categories, [entry('', 'c'), entry('', null), entry('', 'c')]).map((each) => each.id);
    expect(ids).toEqual(['c', 'a', 'b']);
  });
});
