import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { dismissalsQuery } from '../../model/advisor-queries.ts';
import { useServices } from '../../model/services-context.tsx';
import { saveErrorSentence } from '../../ui/save-error-words.ts';
import { useToast } from '../../ui/toast.tsx';
import { words } from './words.ts';

type SetAnswer = (insight: string, reason: string | null, told: string) => Promise<boolean>;

/** Says something of an insight or an entry, or (null) takes it back, and offers to undo that. */
export const useAnswer = (): SetAnswer => {
  const { ledger } = useServices();
  const toast = useToast();
  const { data: dismissals = [] } = useQuery(dismissalsQuery(ledger));
  return useCallback<SetAnswer>(
    async (insight, reason, told) => {
      const before = dismissals.find((each) => each.insight === insight)?.reason ?? null;
      const saved = await ledger.setDismissal({ insight, reason });
      if (!saved.ok) {
        toast({ text: saveErrorSentence(saved.error) });
        return false;
      }
      const undo = async () => {
        const undone = await ledger.setDismissal({ insight, reason: before });
        toast({ text: undone.ok ? words.takenBack : saveErrorSentence(undone.error) });
      };
      toast({ text: told, action: { label: words.undo, run: () => void undo() } });
      return true;
    },
    [ledger, toast, dismissals],
  );
};
