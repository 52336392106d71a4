import type { Insight } from '@fintrack/advisor-core';
import { dismissalId } from '@fintrack/sync-core/protocol';

/**
 * The insight that a drawer is about, as it is told now. Without one of its entries a stream may have another name: then
 * it is the one of its kind that shares entries with what was opened.
 */
export const findOpened = (shown: readonly Insight[], id: string, opened: Insight | undefined): Insight | undefined => {
  const same = shown.find(({ key }) => dismissalId(key) === id);
  if (same || !opened) return same;
  const evidence = new Set(opened.evidence);
  return shown.find(({ kind, evidence: own }) => kind === opened.kind && own.some((each) => evidence.has(each)));
};
