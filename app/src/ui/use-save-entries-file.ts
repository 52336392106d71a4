import { useCallback } from 'react';
import { useServices, useToday } from '../model/services-context.tsx';
import type { Census } from '../model/storage.ts';
import { useToast } from './toast.tsx';

const words = {
  failed: 'The file could not be made: the browser could not read the book. Try again.',
  saved: 'Saved as a file. The import on any device reads it.',
};

/** Gives the person a CSV file of every entry, and remembers that there is one. */
export const useSaveEntriesFile = (onSaved: () => void) => {
  const services = useServices();
  const today = useToday();
  const toast = useToast();
  return useCallback(
    (census: Census): void => {
      const save = async () => {
        const text = await services.ledger.exportEntries();
        services.saveFile({ name: `fintrack-entries-${today}.csv`, type: 'text/csv', text });
        const mark = { entryCount: census.entryCount, at: services.now() };
        await services.storage.markBackup(census.ledger, mark);
      };
      save().then(
        () => {
          toast({ text: words.saved });
          onSaved();
        },
        () => toast({ text: words.failed }),
      );
    },
    [services, today, toast, onSaved],
  );
};
