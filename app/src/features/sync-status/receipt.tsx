import { adviceToJson } from '@fintrack/advisor-core';
import type { Result } from '@fintrack/sync-core/protocol';
import { useQuery } from '@tanstack/react-query';
import { entryCountQuery } from '../../model/ledger-queries.ts';
import type { AskError } from '../../model/ask-error.ts';
import type { ServerReceipt, SyncStatus } from '../../model/services.ts';
import { useLedgerName, useServices, useToday } from '../../model/services-context.tsx';
import { useFormat } from '../../ui/format-context.tsx';
import { words } from './words.ts';

/** What this device holds and how to tell that the server holds the same. */
export const Receipt = ({ status }: { status: SyncStatus }) => {
  const { ledger, serverLedger } = useServices();
  const ledgerName = useLedgerName();
  const format = useFormat();
  const { data: count = 0 } = useQuery(entryCountQuery(ledger));
  const { data: held } = useQuery({
    queryKey: ['serverReceipt', ledgerName, status.cursor, status.digest],
    queryFn: () => serverLedger.receipt(),
  });
  const receipt = held?.ok ? held.value : undefined;
  const isComparable = receipt?.head === status.cursor;
  const isConfirmed = status.waiting === 0 && isComparable && receipt.digest === status.digest;
  return (
    <section className="sect" aria-labelledby="receipt">
      <div className="sect-head">
        <h2 id="receipt">{words.receipt}</h2>
        <span className={isConfirmed ? 'good medium' : 'warn medium'}>
          {isConfirmed ? words.same : words.different}
        </span>
      </div>
      {isComparable && receipt.digest !== status.digest && <p className="t-13 warn">{words.repairing}</p>}
      <dl>
        <ServerHolds held={held} status={status} />
        <div className="kv">
          <dt>{words.entriesHere}</dt>
          <dd>{format.count(count)}</dd>
        </div>
        <div className="kv">
          <dt>{words.lastBackup}</dt>
          <dd>{status.backedUpAt === null ? words.never : format.instant(status.backedUpAt)}</dd>
        </div>
        <div className="kv">
          <dt>{words.upTo}</dt>
          <dd>{format.count(status.cursor)}</dd>
        </div>
        <div className="kv">
          <dt>
            {words.fingerprint}
            <span className="sub">{words.fingerprintOf}</span>
          </dt>
          <dd title={status.digest}>{shortDigest(status.digest)}</dd>
        </div>
        {status.restarts > 0 && (
          <div className="kv">
            <dt>
              {words.restarts}
              <span className="sub">{words.restartsWhy}</span>
            </dt>
            <dd>{format.count(status.restarts)}</dd>
          </div>
        )}
        <div className="kv">
          <dt>
            {words.advice}
            <span className="sub">{words.adviceSub}</span>
          </dt>
          <dd>
            <AdviceComparison status={status} />
          </dd>
        </div>
      </dl>
    </section>
  );
};

/** What the server says of its own copy, compared with this one where both speak of the same change. */
const ServerHolds = ({ held, status }: { held: Held | undefined; status: SyncStatus }) => {
  const format = useFormat();
  if (!held?.ok) {
    const why = held?.error.type === 'signInNeeded' ? words.adviceSignIn : words.adviceUnknown;
    return (
      <div className="kv">
        <dt>{words.serverCopy}</dt>
        <dd>{held ? why : words.asking}</dd>
      </div>
    );
  }
  const { entryCount, head, digest } = held.value;
  const isComparable = head === status.cursor;
  const isEqual = isComparable && digest === status.digest;
  return (
    <div className="kv">
      <dt>{words.serverHolds(entryCount, format.count(entryCount))}</dt>
      <dd className={isEqual ? 'good' : isComparable ? 'warn' : ''}>
        {isEqual ? words.digestEqual : isComparable ? words.digestDiffers : words.serverAhead(format.count(head))}
      </dd>
    </div>
  );
};

type Held = Result<ServerReceipt, AskError>;

/** Enough to compare two screens by eye; the whole is in the title. */
const shortDigest = (digest: string): string => digest.slice(0, 16).replace(/(.{4})(?=.)/g, '$1 ');

const AdviceComparison = ({ status }: { status: SyncStatus }) => {
  const { advisor, serverAdvice } = useServices();
  const asOf = useToday();
  const ledgerName = useLedgerName();
  const { data } = useQuery({
    queryKey: ['adviceComparison', ledgerName, asOf, status.cursor, status.waiting],
    queryFn: async () => {
      const [own, server] = await Promise.all([advisor.advice(asOf), serverAdvice.advice(asOf)]);
      if (!own.ok) return 'notHere';
      if (!server.ok) return server.error.type;
      return adviceToJson(own.value.advice) === adviceToJson(server.value) ? 'same' : 'different';
    },
    // Tables follow the log by a moment: a difference just after a sync is asked about again.
    refetchInterval: ({ state }) =>
      state.data === 'different' && status.waiting === 0 ? differenceAgainMs(state.dataUpdateCount) : false,
  });
  switch (data) {
    case 'same':
      return <span className="good medium">{words.adviceSame}</span>;
    case 'different':
      return (
        <span className={status.waiting > 0 ? '' : 'warn medium'}>
          {status.waiting > 0 ? words.adviceDifferent : words.adviceDiffers}
        </span>
      );
    case 'signInNeeded':
      return words.adviceSignIn;
    case 'notHere':
      return words.adviceNotHere;
    case undefined:
      return words.asking;
    default:
      return words.adviceUnknown;
  }
};

/** 3 s after the first difference, then twice as long each time, some six minutes at most. */
const differenceAgainMs = (answers: number): number => 1500 * 2 ** Math.min(answers, 8);
