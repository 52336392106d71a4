import { idOfKey, kindOfKey, type RecordKey } from '@fintrack/sync-core/protocol';
import { useQuery } from '@tanstack/react-query';
import { historyQuery } from '../../model/past-queries.ts';
import { useServices } from '../../model/services-context.tsx';
import { useValueContext } from '../../ui/use-value-context.ts';
import { recordName } from '../../ui/value-words.ts';

/** The record that a notice is about, with its name and its past; undefined until that is read. */
export const useNoticedRecord = (key: RecordKey) => {
  const { ledger } = useServices();
  const context = useValueContext();
  const [kind, id] = [kindOfKey(key), idOfKey(key)];
  const { data: history } = useQuery(historyQuery(ledger, kind, id));
  return history && { kind, id, history, title: recordName(key, history.shown, context) };
};

export type NoticedRecord = NonNullable<ReturnType<typeof useNoticedRecord>>;
