import type { EntryKind } from '../model/ledger.ts';

export type SheetPath =
  | { readonly type: 'add' }
  | { readonly type: 'why'; readonly id: string }
  | { readonly type: 'edit' | 'history'; readonly kind: EntryKind; readonly id: string };

/** `/add`, `/advisor/why/ID`, `/entry/expense/ID` and its `/history` are sheets over a page; everything else is a page. */
export const sheetOfPath = (path: string): SheetPath | undefined => {
  if (path === '/add') return { type: 'add' };
  const [, insight] = /^\/advisor\/why\/([^/]+)$/.exec(path) ?? [];
  if (insight !== undefined) return { type: 'why', id: insight };
  const [, kind, id, history] = /^\/entry\/(expense|income)\/([^/]+)(\/history)?$/.exec(path) ?? [];
  if (id === undefined) return undefined;
  return { type: history ? 'history' : 'edit', kind: kind === 'income' ? 'income' : 'expense', id };
};
