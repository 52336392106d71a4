import type { BackupMark, Census, Eviction, StorageFacts } from './storage.ts';

export type StorageNotice =
  | { readonly type: 'evicted'; readonly eviction: Eviction; readonly isLocal: boolean }
  | { readonly type: 'nearlyFull'; readonly usedShare: number }
  | { readonly type: 'private' }
  /** So many entries are in no file and on no server. */
  | { readonly type: 'backUp'; readonly newCount: number };

export type StorageNoticeType = StorageNotice['type'];

const nearlyFullFrom = 0.8;
/** Some weeks of writing by hand: enough to be sorry for. */
const backUpFrom = 50;

export type StorageSeen = {
  readonly census: Census;
  readonly facts: StorageFacts | undefined;
  readonly eviction: Eviction | null;
  readonly backup: BackupMark | null;
  /** What the browser or its place for marks answered instead of any of this. */
  readonly problems: readonly string[];
};

/** The one thing about storage that is worth a line on every screen, the gravest first. */
export const storageNotice = (
  { census, facts, eviction, backup }: StorageSeen,
  isHidden: (type: StorageNoticeType) => boolean,
): StorageNotice | undefined => {
  const { isLocal, entryCount } = census;
  const share = facts ? usedShareOf(facts) : undefined;
  const newCount = entryCount - (backup?.entryCount ?? 0);
  const notices: readonly (StorageNotice | false | undefined | null)[] = [
    eviction && { type: 'evicted', eviction, isLocal },
    share !== undefined && share >= nearlyFullFrom && { type: 'nearlyFull', usedShare: share },
    facts?.isLikelyPrivate === true && isLocal && entryCount > 0 && { type: 'private' },
    isLocal && newCount >= backUpFrom && { type: 'backUp', newCount },
  ];
  return notices.find(
    (notice): notice is StorageNotice =>
      Boolean(notice) && notice !== null && !isHidden((notice as StorageNotice).type),
  );
};

/** 0 to 1; nothing where the browser does not say. */
export const usedShareOf = ({ usageBytes, quotaBytes }: StorageFacts): number | undefined =>
  usageBytes === null || quotaBytes === null || quotaBytes === 0 ? undefined : usageBytes / quotaBytes;

export const isNearlyFull = (facts: StorageFacts): boolean => (usedShareOf(facts) ?? 0) >= nearlyFullFrom;
