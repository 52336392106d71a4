import type { Result } from '@fintrack/sync-core/protocol';
import { useCallback } from 'react';
import type { Entry, SaveError } from '../../model/ledger.ts';
import { useServices } from '../../model/services-context.tsx';
import { useFormat } from '../../ui/format-context.tsx';
import { saveErrorSentence } from '../../ui/save-error-words.ts';
import { useToast } from '../../ui/toast.tsx';
import { words } from './words.ts';

/** Deletes and offers to undo it. */
export const useDelete = () => {
  const { ledger } = useServices();
  const format = useFormat();
  const toast = useToast();
  return useCallback(
    async (entry: Entry): Promise<Result<null, SaveError>> => {
      const deleted = await ledger.deleteEntry(entry.kind, entry.id);
      if (!deleted.ok) return deleted;
      const title = entry.title || words.noTitle;
      const undo = async () => {
        const restored = await ledger.restoreEntry(entry.kind, entry.id);
        toast({ text: restored.ok ? words.restored(title) : saveErrorSentence(restored.error) });
      };
      toast({
        text: words.deleted(title, format.coded(entry.amountMinor, entry.currency)),
        action: { label: words.undo, run: () => void undo() },
      });
      return deleted;
    },
    [ledger, format, toast],
  );
};
