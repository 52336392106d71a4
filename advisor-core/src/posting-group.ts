import { comparePostings, type Posting } from './posting.ts';
import { remembered as rememberedOf } from './remembered.ts';

/** Postings that one analysis looks at together, by day and id whatever order they came in. Ids are unique in it. */
export class PostingGroup {
  /** Grows with every change. */
  revision = 0;
  private readonly postings: Posting[] = [];

  get size(): number {
    return this.postings.length;
  }

  add(posting: Posting): void {
    const last = this.postings.at(-1);
    if (last === undefined || comparePostings(last, posting) < 0) this.postings.push(posting);
    else this.postings.splice(this.placeOf(posting), 0, posting);
    this.revision += 1;
  }

  remove(posting: Posting): void {
    const index = this.placeOf(posting);
    if (this.postings[index]?.id !== posting.id) throw new Error('a posting is removed that was never added');
    this.postings.splice(index, 1);
    this.revision += 1;
  }

  /** Dated on `day` or before it; of more than `newestMax` the newest. */
  upTo(day: number, newestMax: number): readonly Posting[] {
    const end = this.endOf(day);
    return this.postings.slice(Math.max(0, end - newestMax), end);
  }

  /** As `upTo`, at least half as many. Where it begins moves on in leaps, so that after most additions it stays. */
  steadilyUpTo(day: number, newestMax: number): readonly Posting[] {
    const end = this.endOf(day);
    const leap = Math.max(1, Math.floor(newestMax / 2));
    return this.postings.slice(Math.max(0, Math.ceil((end - newestMax) / leap)) * leap, end);
  }

  private endOf(day: number): number {
    const last = this.postings.at(-1);
    return last === undefined || last.day <= day ? this.postings.length : this.firstAfter(day);
  }

  private firstAfter(day: number): number {
    return lowest(this.postings.length, (index) => (this.postings[index] as Posting).day > day);
  }

  /** Where the posting stands, or would. */
  private placeOf(posting: Posting): number {
    return lowest(this.postings.length, (index) => comparePostings(this.postings[index] as Posting, posting) >= 0);
  }
}

/** The lowest index from which on the test holds; `length` where it never does. */
const lowest = (length: number, holds: (index: number) => boolean): number => {
  let [from, to] = [0, length];
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    if (holds(middle)) to = middle;
    else from = middle + 1;
  }
  return from;
};

export type GroupAnalysis<T> = (group: PostingGroup, asOfDay: number) => T;

/**
 * An analysis of one group that is done again only when the group or the day has changed. It sees the group's newest
 * `newestMax` postings up to the day and nothing else.
 */
export const remembered = <T>(
  newestMax: number,
  analyse: (postings: readonly Posting[], asOfDay: number) => T,
): GroupAnalysis<T> => rememberedOf((group: PostingGroup, asOfDay) => analyse(group.upTo(asOfDay, newestMax), asOfDay));
