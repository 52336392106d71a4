import { describe, expect, it } from 'vitest';
import {
  type EntryForm,
  emptyForm,
  formOfDraft,
  formOfEntry,
  isUntouched,
  readEntryForm,
  typedOver,
} from './entry-form.ts';

const start = emptyForm('expense', '2025-11-20', 'EUR');
const form = (change: Partial<EntryForm>): EntryForm => ({ ...start, amountText: '14,99', ...change });

describe('the entry form', () => {
  it('becomes an entry', () => {
    expect(readEntryForm(form({ title: ' Zola ', categoryId: 'dining', note: 'tip' }))).toEqual({
      ok: true,
      value: {
        kind: 'expense',
        date: '2025-11-20',
        amountMinor: 1499,
        currency: 'EUR',
        title: 'Zola',
        note: 'tip',
        categoryId: 'dining',
      },
    });
  });

  it('gives income no category', () => {
    expect(readEntryForm(form({ kind: 'income', categoryId: 'dining' }))).toMatchObject({
      value: { categoryId: null },
    });
  });

  it('names everything that is wrong at once', () => {
    const read = readEntryForm(
      form({ amountText: '12,4O', title: 'x'.repeat(10_000), date: '2025-02-30', currency: 'EURO' }),
    );
    expect(read).toEqual({
      ok: false,
      error: {
        amount: { type: 'notANumber', text: '12,4O' },
        currency: { type: 'unknownCurrency', code: 'EURO' },
        title: { type: 'tooLong', length: 10_000, lengthMax: 2000 },
        date: { type: 'noSuchDate', text: '2025-02-30' },
      },
    });
  });
});

describe('a draft', () => {
  it('comes back as typed', () => {
    const typed = form({ amountText: '12,', title: 'Zo', isCategoryChosen: true, categoryId: 'dining' });
    expect(formOfDraft(JSON.parse(JSON.stringify(typed)), start)).toEqual(typed);
  });

  it('of another shape gives what fits', () => {
    expect(formOfDraft(undefined, start)).toBeUndefined();
    expect(formOfDraft('text', start)).toBeUndefined();
    expect(formOfDraft({ amountText: 5, title: 'Zola', kind: 'transfer' }, start)).toEqual({ ...start, title: 'Zola' });
  });

  it('of an edit leaves alone what another device changed before it is taken up again', () => {
    const opened = form({ amountText: '10,00', categoryId: 'dining', isCategoryChosen: true });
    const draft = typedOver({ ...opened, note: 'tip' }, opened);
    const changed = { ...opened, amountText: '12,00', categoryId: 'leisure' };
    expect(formOfDraft(JSON.parse(JSON.stringify(draft)), changed)).toEqual({ ...changed, note: 'tip' });
    expect(typedOver(opened, opened)).toBeUndefined();
  });

  it('without amount, description and note is nothing to keep', () => {
    expect(isUntouched(start)).toBe(true);
    expect(isUntouched(form({}))).toBe(false);
  });
});

const entry = {
  kind: 'expense',
  id: 'e1',
  date: '2025-11-01',
  amountMinor: 130_895,
  currency: 'EUR',
  title: 'Rent',
  note: '',
  categoryId: 'housing',
  importId: null,
  isPending: false,
} as const;

describe('editing', () => {
  it('says which entry it was, as it was', () => {
    expect(readEntryForm(form({}), { before: entry })).toMatchObject({ value: { id: 'e1', before: entry } });
  });

  it('starts with the amount in the decimal mark of the locale, which reads back unchanged', () => {
    const editing = formOfEntry(entry, ',');
    expect(editing.amountText).toBe('1308,95');
    expect(readEntryForm(editing)).toMatchObject({ value: { amountMinor: 130_895 } });
  });
});
