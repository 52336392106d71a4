import type { StorageFacts, StorageGuard } from '../model/storage.ts';
import { createLedgerMarks, type MarkStore } from './ledger-marks.ts';

/** What of the browser is asked; members are absent where it has none. */
export type StorageBrowser = {
  readonly persisted?: () => Promise<boolean>;
  readonly persist?: () => Promise<boolean>;
  readonly estimate?: () => Promise<StorageEstimate>;
  /** Files of the origin's own: private windows of Firefox and Safari refuse them. */
  readonly getDirectory?: () => Promise<unknown>;
  /** Whether asking would put a question to the person. */
  readonly wouldPrompt?: () => Promise<boolean>;
  /** Chromium's memory limit, which its private windows tie their quota to. */
  readonly heapLimitBytes?: number;
};

export type StorageGuardDeps = {
  readonly browser: StorageBrowser;
  readonly marks: MarkStore;
  /** Milliseconds since 1970. */
  readonly now: () => number;
};

export type PersistingGuard = StorageGuard & {
  /** After a save, when there is something to keep: asks, once a page, and never puts a question twice. */
  afterSave(): Promise<void>;
};

const askedKey = 'fintrack.asked-to-keep';

export const createStorageGuard = ({ browser, marks, now }: StorageGuardDeps): PersistingGuard => {
  const ledgers = createLedgerMarks(marks);
  let isAsked = false;
  return {
    facts: () => readFacts(browser),
    askToKeep: async () => (await browser.persist?.()) ?? false,
    saw: async (census) => ledgers.saw(census, now()),
    forgetEviction: async (ledger) => ledgers.forgetEviction(ledger),
    backupOf: async (ledger) => ledgers.backupOf(ledger),
    markBackup: async (ledger, mark) => ledgers.markBackup(ledger, mark),
    afterSave: async () => {
      if (isAsked || !browser.persist) return;
      isAsked = true;
      if ((await browser.persisted?.()) === true) return;
      if ((await browser.wouldPrompt?.()) === true && marks.getItem(askedKey) !== null) return;
      marks.setItem(askedKey, '1');
      // Denied, the data is as safe as it was; the Sync screen says that it may be cleared.
      await browser.persist();
    },
  };
};

const readFacts = async (browser: StorageBrowser): Promise<StorageFacts> => {
  const problems: string[] = [];
  const tried = async <T>(ask: (() => Promise<T>) | undefined): Promise<T | undefined> => {
    if (!ask) return undefined;
    try {
      return await ask();
    } catch (error) {
      problems.push(error instanceof Error ? error.message : String(error));
      return undefined;
    }
  };
  const isKept = await tried(browser.persisted);
  const estimate = await tried(browser.estimate);
  const quotaBytes = estimate?.quota ?? null;
  return {
    keep: isKept === undefined ? 'unknown' : isKept ? 'kept' : 'mayBeCleared',
    usageBytes: estimate?.usage ?? null,
    quotaBytes,
    isLikelyPrivate: await isLikelyPrivate(browser, quotaBytes),
    problems,
  };
};

/** Chromium's private windows have a quota of less than twice its memory limit; others refuse files of their own. */
const isLikelyPrivate = async (
  { getDirectory, heapLimitBytes }: StorageBrowser,
  quotaBytes: number | null,
): Promise<boolean> => {
  if (heapLimitBytes !== undefined) return quotaBytes !== null && quotaBytes < 2 * heapLimitBytes;
  if (!getDirectory) return false;
  return getDirectory().then(
    () => false,
    () => true,
  );
};
