import { idOfKey, kindOfKey } from '@fintrack/sync-core/protocol';
import { useLocation } from 'wouter';
import { againDraftName, draftOfValues, editDraftName, sendAgainHref } from '../../model/entry-draft.ts';
import { isEntryKind } from '../../model/history.ts';
import type { EntryKind, Notice } from '../../model/ledger.ts';
import { useServices } from '../../model/services-context.tsx';
import { decimalMarkOf } from '../../model/typed-amount.ts';
import { rejectionSentence } from '../../ui/rejection-words.ts';
import { useToast } from '../../ui/toast.tsx';
import { useValueContext } from '../../ui/use-value-context.ts';
import { amountOf, capital, groupName, recordName, valueText } from '../../ui/value-words.ts';
import { useResolve } from './use-resolve.ts';
import { words } from './words.ts';

type Refused = Notice & { readonly type: 'rejected' };

/** A value longer than this is cut in the card; the form has all of it. */
const shownLengthMax = 200;

/** What the server would not take and why; the form opens with it as it was typed. */
export const RefusedCard = ({ notice }: { notice: Refused }) => {
  const context = useValueContext();
  const { format } = context;
  const { key, reason, values } = notice;
  const { resolve } = useResolve(notice);
  const again = useSendAgain(notice);
  const name = key === null ? words.unnamed : recordName(key, values, context);
  const title = [name, amountOf(values, context)].filter((part) => part !== '').join(', ');
  return (
    <section className="refused" aria-label={words.refusedOf(title)}>
      <h3>
        <span className="medium bad">{words.refused}</span> <span className="medium">{title}</span>
      </h3>
      <p className="t-13 ink-2">
        {rejectionSentence(reason, (bytes) => `${format.count(Math.floor(bytes / 1000))} kB`)} {words.stillSafe}
      </p>
      <dl className="t-13">
        {Object.entries(values).map(([group, value]) => (
          <div key={group}>
            <dt>{capital(groupName(group))}</dt>
            <dd>{valueText(group, value, context).slice(0, shownLengthMax)}</dd>
          </div>
        ))}
      </dl>
      <div className="do">
        {again && (
          <button type="button" className="act" onClick={again}>
            {words.editAndSend}
          </button>
        )}
        <button type="button" className="act" onClick={() => resolve({ type: 'keep' })}>
          {words.understood}
        </button>
      </div>
    </section>
  );
};

/** Opens the entry's form with what was refused in it; a form that holds something else already keeps that. */
const useSendAgain = ({ id: noticeId, key, values }: Refused): (() => void) | undefined => {
  const { ledger } = useServices();
  const { format } = useValueContext();
  const [, navigate] = useLocation();
  const toast = useToast();
  const kind = key === null ? '' : kindOfKey(key);
  if (key === null || !isEntryKind(kind)) return undefined;
  const open = async (of: EntryKind, id: string) => {
    const isThere = (await ledger.entry(of, id)) !== undefined;
    const name = isThere ? editDraftName(of, id) : againDraftName(id);
    if ((await ledger.loadDraft(name)) === undefined)
      await ledger.saveDraft(name, draftOfValues(of, values, decimalMarkOf(format.locale)));
    navigate(isThere ? sendAgainHref(`/entry/${of}/${id}`, noticeId) : sendAgainHref('/add', noticeId, name));
  };
  return () => {
    open(kind, idOfKey(key)).catch(() => toast({ text: words.notOpened }));
  };
};
