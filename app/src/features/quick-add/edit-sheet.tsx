import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useSearch } from 'wouter';
import { editDraftName, sendAgainOf } from '../../model/entry-draft.ts';
import type { Entry, EntryKind } from '../../model/ledger.ts';
import { entryQuery } from '../../model/ledger-queries.ts';
import { useServices } from '../../model/services-context.tsx';
import { decimalMarkOf } from '../../model/typed-amount.ts';
import { useFormat } from '../../ui/format-context.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { useTitle } from '../../ui/use-title.ts';
import { draftQuery } from './draft-query.ts';
import { formOfDraft, formOfEntry } from './entry-form.ts';
import { EntrySheet } from './entry-sheet.tsx';
import { SheetHead } from './sheet-head.tsx';
import { words } from './words.ts';

type EditSheetProps = { kind: EntryKind; id: string; onClose: () => void };

export const EditSheet = ({ kind, id, onClose }: EditSheetProps) => {
  const { ledger } = useServices();
  const { locale } = useFormat();
  const draftName = editDraftName(kind, id);
  const { answers } = sendAgainOf(useSearch());
  const { data: draft } = useQuery(draftQuery(ledger, draftName));
  const { data: current } = useQuery(entryQuery(ledger, kind, id));
  // The form starts from the entry as it was when opened; a sync in between must not change what is being typed.
  const [opened, setOpened] = useState<Entry>();
  if (current && !opened) setOpened(current);
  useTitle(words.edit(opened?.title || words.anEntry));
  if (draft === undefined || current === undefined) return null;
  if (!opened)
    return (
      <Sheet label={words.edit(words.anEntry)} onClose={onClose}>
        <SheetHead onClose={onClose}>{null}</SheetHead>
        <p className="ink-2 sheet-note">{words.gone}</p>
        <p className="btn-row">
          <Link className="btn" href={`/entry/${kind}/${id}/history`}>
            {words.history}
          </Link>
        </p>
      </Sheet>
    );
  const start = formOfEntry(opened, decimalMarkOf(locale));
  return (
    <EntrySheet
      start={start}
      kept={formOfDraft(draft, start)}
      draftName={draftName}
      entry={opened}
      answers={answers}
      onClose={onClose}
    />
  );
};
