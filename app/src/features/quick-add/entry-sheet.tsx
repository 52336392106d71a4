import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { Link } from 'wouter';
import { useBook } from '../../model/book-context.tsx';
import type { Entry, EntryKind, SaveError } from '../../model/ledger.ts';
import { recentQuery } from '../../model/ledger-queries.ts';
import { useServices } from '../../model/services-context.tsx';
import { decimalMarkOf } from '../../model/typed-amount.ts';
import { useFormat } from '../../ui/format-context.tsx';
import { saveErrorSentence } from '../../ui/save-error-words.ts';
import { Sheet } from '../../ui/sheet.tsx';
import { useToast } from '../../ui/toast.tsx';
import { AmountField } from './amount-field.tsx';
import { suggestedFirst, suggestionsIn, usualOfAnswer } from './category-answer.ts';
import { CategoryChips } from './category-chips.tsx';
import { Consequence } from './consequence-line.tsx';
import { DateAndNote } from './date-and-note.tsx';
import { type EntryForm, type FormProblems, isUntouched, readEntryForm, typedOver } from './entry-form.ts';
import { Keypad, pressKey } from './keypad.tsx';
import './quick-add.css';
import { SheetHead } from './sheet-head.tsx';
import { recentFirst, suggestCategory } from './suggest-category.ts';
import { TitleField } from './title-field.tsx';
import { useCategoryAnswer } from './use-category-answer.ts';
import { useDelete } from './use-delete.ts';
import { useUndoEdit } from './use-undo-edit.ts';
import { useKeypad } from './use-keypad.ts';
import { useDraft } from './use-draft.ts';
import { reasonSentence, words } from './words.ts';
import '../../ui/parts.css';

type EntrySheetProps = {
  /** The form without what was typed: empty, or the entry as it is. */
  start: EntryForm;
  /** What was typed before and not saved. */
  kept: EntryForm | undefined;
  draftName: string;
  entry?: Entry;
  /** A notice about a refused change that saving answers. */
  answers?: string | undefined;
  onClose: () => void;
};

/** Writing down or changing one entry. Nothing typed is lost: not by closing, not by a failed save. */
export const EntrySheet = ({ start, kept, draftName, entry, answers, onClose }: EntrySheetProps) => {
  const { ledger } = useServices();
  const { categories, categoryById } = useBook();
  const format = useFormat();
  const toast = useToast();
  const draft = useDraft(draftName);
  const [form, setForm] = useState(kept ?? start);
  const [isKept, setKept] = useState(kept !== undefined);
  const [problems, setProblems] = useState<FormProblems>();
  const formRef = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (problems) formRef.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [problems]);
  const [failure, setFailure] = useState<SaveError>();
  /** Until it failed: a second press before the sheet is gone must not save the entry twice. */
  const [isSaving, setSaving] = useState(false);
  const { data: recent = [] } = useQuery(recentQuery(ledger, form.kind));
  const [hasKeypad, onFieldFocus] = useKeypad();
  const removeEntry = useDelete();
  const undoEdit = useUndoEdit();

  const change = (part: Partial<EntryForm>) => {
    const next = withSuggestion({ ...form, ...part }, recent);
    setForm(next);
    setProblems(undefined);
    const typed = entry ? typedOver(next, start) : isUntouched(next) ? undefined : next;
    if (typed) draft.keep(typed);
    else draft.discard();
  };
  const startOver = () => {
    setForm(start);
    setKept(false);
    setProblems(undefined);
    draft.discard();
  };
  const localeMark = decimalMarkOf(format.locale);
  const { answer, hold } = useCategoryAnswer(form, localeMark);
  const suggestions = suggestionsIn(answer, categoryById);
  const usualBefore = usualOfAnswer(form, answer, suggestions);
  const categoryId = usualBefore?.categoryId ?? form.categoryId;
  const read = readEntryForm({ ...form, categoryId }, { before: entry, localeMark });
  const usual = form.isCategoryChosen ? undefined : (usualBefore ?? suggestCategory(form.title, recent));

  const save = async () => {
    if (isSaving) return;
    if (!read.ok) return setProblems(read.error);
    setSaving(true);
    const saved = await ledger.saveEntry(read.value);
    if (!saved.ok) return fail(saved.error);
    draft.discard();
    // Should this fail, the notice stays, and can be put away by hand.
    if (answers !== undefined) void ledger.resolveNotice({ key: null, ids: [answers] }, { type: 'keep' });
    const text = words.saved(format.coded(read.value.amountMinor, read.value.currency));
    toast({ text, ...(entry ? { action: { label: words.undo, run: () => void undoEdit(entry) } } : {}) });
    onClose();
  };
  const fail = (error: SaveError) => {
    setSaving(false);
    setFailure(error);
  };
  const remove = async (of: Entry) => {
    if (isSaving) return;
    setSaving(true);
    const removed = await removeEntry(of);
    if (!removed.ok) return fail(removed.error);
    draft.discard();
    onClose();
  };

  const label = entry
    ? words.edit(entry.title || words.anEntry)
    : form.kind === 'income'
      ? words.addIncome
      : words.addExpense;
  return (
    <Sheet label={label} onClose={onClose}>
      <form
        ref={formRef}
        noValidate
        onFocus={onFieldFocus}
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <SheetHead onClose={onClose}>
          {entry ? (
            <>
              <h2 className="t-17 clip">{label}</h2>
              <Link className="act reach" href={historyHref(entry)}>
                {words.history}
              </Link>
            </>
          ) : (
            <KindSwitch kind={form.kind} onChange={(kind) => change({ kind })} />
          )}
        </SheetHead>
        {isKept && (
          <p className="t-12 ink-3 kept">
            {words.draftBack}{' '}
            <button type="button" className="act reach" onClick={startOver}>
              {words.startOver}
            </button>
          </p>
        )}
        <AmountField form={form} problem={problems?.amount ?? problems?.currency} onChange={change} />
        <TitleField form={form} problem={problems?.title} recent={recent} onChange={change} />
        {form.kind === 'expense' && (
          <>
            <CategoryChips
              categories={suggestedFirst(recentFirst(categories, recent), suggestions)}
              chosenId={categoryId}
              reasons={new Map(suggestions.map((each) => [each.categoryId, reasonSentence(each.reason)]))}
              onReach={hold}
              onChoose={(id) => change({ categoryId: id, isCategoryChosen: true })}
            />
            <div aria-live="polite">
              {usual && usual.categoryId === categoryId && (
                <p className="below why">
                  {words.because(
                    categoryById.get(usual.categoryId)?.name ?? '',
                    form.title.trim(),
                    usual.times,
                    usual.of,
                  )}
                </p>
              )}
            </div>
          </>
        )}
        <DateAndNote form={form} dateProblem={problems?.date} noteProblem={problems?.note} onChange={change} />
        {read.ok && <Consequence draft={read.value} />}
        {failure && (
          <p role="alert" className="bad failure">
            {saveErrorSentence(failure)}
          </p>
        )}
        {hasKeypad && (
          <Keypad decimalMark={localeMark} onKey={(key) => change({ amountText: pressKey(form.amountText, key) })} />
        )}
        <div className="sheet-acts">
          {entry && (
            <button type="button" className="btn btn-wide delete" onClick={() => void remove(entry)}>
              {words.delete}
            </button>
          )}
          <button type="submit" className="btn btn-main btn-wide" disabled={isSaving}>
            {isSaving
              ? words.saving
              : failure
                ? words.saveAgain
                : read.ok
                  ? words.saveAmount(format.amount(read.value.amountMinor, read.value.currency))
                  : words.save}
          </button>
        </div>
      </form>
    </Sheet>
  );
};

const historyHref = ({ kind, id }: Entry): string => `/entry/${kind}/${id}/history`;

/** Until the person chooses a category, it follows what the title suggests. */
const withSuggestion = (form: EntryForm, recent: readonly Entry[]): EntryForm =>
  form.isCategoryChosen || form.kind === 'income'
    ? form
    : { ...form, categoryId: suggestCategory(form.title, recent)?.categoryId ?? null };

const KindSwitch = ({ kind, onChange }: { kind: EntryKind; onChange: (kind: EntryKind) => void }) => (
  <fieldset className="seg">
    <legend className="sr">{words.kind}</legend>
    {(['expense', 'income'] as const).map((each) => (
      <button key={each} type="button" aria-pressed={each === kind} onClick={() => onChange(each)}>
        {words[each]}
      </button>
    ))}
  </fieldset>
);
