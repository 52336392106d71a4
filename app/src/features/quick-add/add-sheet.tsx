import { useQuery } from '@tanstack/react-query';
import { useSearch } from 'wouter';
import { addDraftName, sendAgainOf } from '../../model/entry-draft.ts';
import { useBook } from '../../model/book-context.tsx';
import { useServices, useToday } from '../../model/services-context.tsx';
import { useTitle } from '../../ui/use-title.ts';
import { emptyForm, formOfDraft } from './entry-form.ts';
import { EntrySheet } from './entry-sheet.tsx';
import { draftQuery } from './draft-query.ts';
import { words } from './words.ts';

/** A new entry; what was typed and not saved is there again, as is one that was refused and is to be sent again. */
export const AddSheet = ({ onClose }: { onClose: () => void }) => {
  const { ledger } = useServices();
  const today = useToday();
  const { answers, draft: draftName = addDraftName } = sendAgainOf(useSearch());
  const { profile } = useBook();
  const { data: draft } = useQuery(draftQuery(ledger, draftName));
  useTitle(words.addExpense);
  if (draft === undefined) return null;
  const start = emptyForm('expense', today, profile.currency);
  const kept = formOfDraft(draft, start);
  return <EntrySheet start={start} kept={kept} draftName={draftName} answers={answers} onClose={onClose} />;
};
