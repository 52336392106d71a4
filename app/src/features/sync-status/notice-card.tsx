import { idOfKey, kindOfKey } from '@fintrack/sync-core/protocol';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import type { Entry, EntryKind, Notice } from '../../model/ledger.ts';
import { entryQuery } from '../../model/ledger-queries.ts';
import { useServices } from '../../model/services-context.tsx';
import type { Format } from '../../ui/format.ts';
import { useFormat } from '../../ui/format-context.tsx';
import { saveErrorSentence } from '../../ui/save-error-words.ts';
import { useToast } from '../../ui/toast.tsx';
import { groupName, rejectionSentence, words } from './words.ts';

/** One thing that somebody should see, with what is safe and what can be done. */
export const NoticeCard = ({ notice }: { notice: Notice }) =>
  notice.type === 'rejected' ? <Refused notice={notice} /> : <Changed notice={notice} />;

const Refused = ({ notice }: { notice: Extract<Notice, { type: 'rejected' }> }) => {
  const format = useFormat();
  const { entry } = notice;
  const name = entry ? entryName(entry, format) : words.unnamed;
  return (
    <div className="refused">
      <p>
        <span className="medium bad">{words.refused}</span> <span className="medium">{name}</span>
      </p>
      <p className="t-13 ink-2">
        {rejectionSentence(notice.reason, (bytes) => `${format.count(Math.floor(bytes / 1000))} kB`)} {words.stillSafe}
      </p>
      <div className="do">
        {entry?.id && entry.kind && (
          <Link className="act" href={`/entry/${entry.kind}/${entry.id}`}>
            {words.editEntry}
          </Link>
        )}
        <Dismiss id={notice.id} />
      </div>
    </div>
  );
};

const Changed = ({ notice }: { notice: Extract<Notice, { type: 'lost' | 'editMetDelete' }> }) => {
  const { ledger } = useServices();
  const format = useFormat();
  const [kind, id] = [kindOfKey(notice.key), idOfKey(notice.key)];
  const isEntry = kind === 'expense' || kind === 'income';
  const { data: entry } = useQuery({ ...entryQuery(ledger, kind as EntryKind, id), enabled: isEntry });
  const title = notice.type === 'lost' ? words.changedElsewhere : words.metDelete;
  return (
    <div className="notice">
      <p className="medium">{entry ? `${entryName(entry, format)}: ${title.toLowerCase()}` : title}</p>
      <p className="t-13 ink-2">{notice.type === 'lost' ? lostSentence(notice, format) : words.metDeleteWhy}</p>
      <div className="do">
        {entry && (
          <Link className="act" href={`/entry/${entry.kind}/${entry.id}`}>
            {words.open}
          </Link>
        )}
        <Dismiss id={notice.id} />
      </div>
    </div>
  );
};

const Dismiss = ({ id }: { id: string }) => {
  const { ledger } = useServices();
  const toast = useToast();
  const dismiss = async () => {
    const dismissed = await ledger.dismissNotice(id);
    if (!dismissed.ok) toast({ text: saveErrorSentence(dismissed.error) });
  };
  return (
    <button type="button" className="act" onClick={() => void dismiss()}>
      {words.understood}
    </button>
  );
};

const entryName = (entry: Partial<Entry>, format: Format): string => {
  const amount =
    entry.amountMinor !== undefined && entry.currency ? format.coded(entry.amountMinor, entry.currency) : '';
  return [entry.title || words.unnamed, amount].filter((part) => part !== '').join(', ');
};

/** The losing value in words where it has any. */
const lostSentence = ({ group, value }: Extract<Notice, { type: 'lost' }>, format: Format): string => {
  const name = groupName(group);
  if (typeof value === 'string' && group !== 'category' && value !== '')
    return words.otherVersionWon(name, `\u201c${value.slice(0, 200)}\u201d`);
  return isMoney(value)
    ? words.otherVersionWon(name, format.coded(value.minor, value.currency))
    : words.otherVersionWonPlain(name);
};

const isMoney = (value: unknown): value is { minor: number; currency: string } =>
  typeof value === 'object' &&
  value !== null &&
  'minor' in value &&
  typeof value.minor === 'number' &&
  'currency' in value &&
  typeof value.currency === 'string';
