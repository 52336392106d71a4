import { useServices } from '../../model/services-context.tsx';
import { isNearlyFull, type StorageSeen } from '../../model/storage-notice.ts';
import { useStorageSeen } from '../../model/use-storage-seen.ts';
import type { StorageFacts } from '../../model/storage.ts';
import { useFormat } from '../../ui/format-context.tsx';
import { useToast } from '../../ui/toast.tsx';
import { useSaveEntriesFile } from '../../ui/use-save-entries-file.ts';
import { words } from './words.ts';

const nothingKnown: StorageFacts = {
  keep: 'unknown',
  usageBytes: null,
  quotaBytes: null,
  isLikelyPrivate: false,
  problems: [],
};

/** Whether what is here stays here, how much room there is, and a copy outside of the browser. */
export const StorageSection = ({ now }: { now: number }) => {
  const { seen, refresh } = useStorageSeen();
  if (!seen || (!seen.facts && seen.problems.length === 0)) return null;
  const { facts = nothingKnown } = seen;
  const isKept = facts.keep === 'kept';
  return (
    <section className="sect" aria-labelledby="storage">
      <div className="sect-head">
        <h2 id="storage">{words.storage}</h2>
        <span className={isKept ? 'good medium' : 'warn medium'}>{words.keepStates[facts.keep]}</span>
      </div>
      <AtRisk seen={seen} facts={facts} />
      <dl>
        <Keep facts={facts} onAsked={refresh} />
        <Room facts={facts} />
        <Backup seen={seen} now={now} onSaved={refresh} />
      </dl>
      {seen.problems.map((problem) => (
        <p key={problem} className="t-12 ink-3 break">
          {words.storageProblem(problem)}
        </p>
      ))}
    </section>
  );
};

/** What would be lost if the browser cleared it now. */
const AtRisk = ({ seen: { census }, facts }: { seen: StorageSeen; facts: StorageFacts }) => {
  const format = useFormat();
  const { isLocal, entryCount, waiting } = census;
  const atRisk =
    facts.keep === 'kept' || (isLocal ? entryCount : waiting) === 0
      ? ''
      : isLocal
        ? words.onlyHere(entryCount, format.count(entryCount))
        : words.notBackedUpHere(waiting, format.count(waiting));
  return (
    <>
      {atRisk !== '' && (
        <p role="status" className="at-risk warn">
          {atRisk}
        </p>
      )}
      {facts.isLikelyPrivate && <p className="at-risk warn">{words.privateWindow}</p>}
    </>
  );
};

const Keep = ({ facts, onAsked }: { facts: StorageFacts; onAsked: () => void }) => {
  const { storage } = useServices();
  const toast = useToast();
  const ask = () => {
    storage.askToKeep().then(
      (isKept) => {
        if (!isKept) toast({ text: words.keepDenied });
        onAsked();
      },
      () => toast({ text: words.keepFailed }),
    );
  };
  return (
    <div className="kv">
      <dt>
        {words.mayNotClear}
        {facts.keep === 'mayBeCleared' && <span className="sub">{words.mayClearWhen}</span>}
      </dt>
      <dd>
        {facts.keep === 'mayBeCleared' ? (
          <button type="button" className="act reach" onClick={ask}>
            {words.askToKeep}
          </button>
        ) : (
          words.keepAnswers[facts.keep]
        )}
      </dd>
    </div>
  );
};

const Room = ({ facts }: { facts: StorageFacts }) => {
  const format = useFormat();
  const { usageBytes, quotaBytes } = facts;
  if (usageBytes === null || quotaBytes === null) return null;
  const isFull = isNearlyFull(facts);
  return (
    <div className="kv">
      <dt>
        {words.room}
        {isFull && <span className="sub warn">{words.roomNearlyFull}</span>}
      </dt>
      <dd className={isFull ? 'warn' : undefined}>
        {words.roomOf(format.bytes(usageBytes), format.bytes(quotaBytes))}
      </dd>
    </div>
  );
};

type BackupProps = { seen: StorageSeen; now: number; onSaved: () => void };

const Backup = ({ seen: { census, backup }, now, onSaved }: BackupProps) => {
  const format = useFormat();
  const save = useSaveEntriesFile(onSaved);
  const newer = census.entryCount - (backup?.entryCount ?? 0);
  const at = backup?.at ?? null;
  return (
    <div className="kv">
      <dt>
        {words.backupFile}
        <span className="sub">
          {at === null ? words.backupNever : words.backupOf(format.ago(at, now), newer > 0 ? format.count(newer) : '')}
        </span>
      </dt>
      <dd>
        {census.entryCount > 0 && (
          <button type="button" className="act reach" onClick={() => save(census)}>
            {words.saveFile}
          </button>
        )}
      </dd>
    </div>
  );
};
