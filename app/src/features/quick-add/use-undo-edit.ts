import { useCallback } from 'react';
import type { Entry } from '../../model/ledger.ts';
import { useServices } from '../../model/services-context.tsx';
import { saveErrorSentence } from '../../ui/save-error-words.ts';
import { useToast } from '../../ui/toast.tsx';
import { words } from './words.ts';

/** Takes back what this device last did to an entry; the way that outlasts the message is its history. */
export const useUndoEdit = () => {
  const { ledger } = useServices();
  const toast = useToast();
  return useCallback(
    async ({ kind, id, title }: Entry): Promise<void> => {
      const undone = await ledger.undoChange(kind, id);
      if (!undone.ok) return toast({ text: saveErrorSentence(undone.error) });
      const name = title || words.noTitle;
      toast({ text: undone.value.skipped === 0 ? words.undone(name) : words.changedSince(name) });
    },
    [ledger, toast],
  );
};
