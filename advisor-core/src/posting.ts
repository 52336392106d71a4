import { compareText } from './compare.ts';

/** An entry made ready for the analysis of one kind and one currency; amounts of different currencies never meet. */
export type Posting = {
  readonly id: string;
  /** Days since 1970-01-01 in the calendar of the person's dates. */
  readonly day: number;
  /** Minor units. Positive is spent, or earned where the postings are incomes; a refund is negative. */
  readonly amountMinor: number;
  /** As typed. */
  readonly title: string;
  /** Key of the merchant that the title names (`merchantKey`); empty where it names none. */
  readonly merchant: string;
  /** Null is uncategorised, and is what incomes have. */
  readonly categoryId: string | null;
};

/** The one order in which postings are looked at: by day, then by id in code units. */
export const comparePostings = (a: Posting, b: Posting): number => a.day - b.day || compareText(a.id, b.id);
