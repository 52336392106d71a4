import { Link } from 'wouter';
import { isEntryKind } from '../../model/history.ts';
import type { NoticedRecord } from './use-noticed-record.ts';
import { words } from './words.ts';

/** To all versions of an entry; other records have no page of their own. */
export const HistoryLink = ({ record: { kind, id, title } }: { record: NoticedRecord }) =>
  isEntryKind(kind) && (
    <Link className="act" href={`/entry/${kind}/${id}/history`} aria-label={words.historyOf(title)}>
      {words.history}
    </Link>
  );
