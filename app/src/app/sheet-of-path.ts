import type { EntryKind } from '../model/ledger.ts';

export type SheetPath =
  | { readonly type: 'add' }
  | { readonly type: 'edit'; readonly kind: EntryKind; readonly id: string };

/** `/add` and `/entry/expense/ID` are sheets over a page; everything else is a page. */
export const sheetOfPath = (path: string): SheetPath | undefined => {
  if (path === '/add') return { type: 'add' };
  const [, kind, id] = /^\/entry\/(expense|income)\/([^/]+)$/.exec(path) ?? [];
  return id === undefined ? undefined : { type: 'edit', kind: kind === 'income' ? 'income' : 'expense', id };
};
