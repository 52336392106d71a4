import type { EntryKind } from '../model/ledger.ts';

export type SheetPath =
  | { readonly type: 'add' }
  | { readonly type: 'edit' | 'history'; readonly kind: EntryKind; readonly id: string };

/** `/add`, `/entry/expense/ID` and its `/history` are sheets over a page; everything else is a page. */
export const sheetOfPath = (path: string): SheetPath | undefined => {
  if (path === '/add') return { type: 'add' };
  const [, kind, id, history] = /^\/entry\/(expense|income)\/([^/]+)(\/history)?$/.exec(path) ?? [];
  if (id === undefined) return undefined;
  return { type: history ? 'history' : 'edit', kind: kind === 'income' ? 'income' : 'expense', id };
};
