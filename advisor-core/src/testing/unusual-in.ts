import type { UnusualAmount } from '../patterns/unusual-amount.ts';
import { rememberedUnusual } from '../patterns/unusual-amount-memory.ts';
import type { Posting } from '../posting.ts';
import { PostingGroup } from '../posting-group.ts';

/** Of a group in any order, with nothing remembered. */
export const unusualIn = (postings: readonly Posting[], asOfDay: number): readonly UnusualAmount[] => {
  const group = new PostingGroup();
  for (const posting of postings) group.add(posting);
  return rememberedUnusual()(group, asOfDay);
};
