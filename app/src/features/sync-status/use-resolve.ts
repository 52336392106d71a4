import { useCallback, useState } from 'react';
import type { Notice, Resolution } from '../../model/ledger.ts';
import { useServices } from '../../model/services-context.tsx';
import { saveErrorSentence } from '../../ui/save-error-words.ts';
import { useToast } from '../../ui/toast.tsx';

/** Deals with a notice, once; what could not be saved is said, and may be tried again. */
export const useResolve = (notice: Notice) => {
  const { ledger } = useServices();
  const toast = useToast();
  const [isBusy, setBusy] = useState(false);
  const resolve = useCallback(
    async (how: Resolution, done?: string) => {
      setBusy(true);
      const resolved = await ledger.resolveNotice(notice, how);
      if (!resolved.ok) {
        setBusy(false);
        return toast({ text: saveErrorSentence(resolved.error) });
      }
      if (done) toast({ text: done });
    },
    [ledger, notice, toast],
  );
  return { resolve: (how: Resolution, done?: string) => void (isBusy ? undefined : resolve(how, done)), isBusy };
};
