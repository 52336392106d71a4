import type { Posting } from '../posting.ts';
import type { AmountJudgement } from './unusual-amount-history.ts';

export type { AmountJudgement, Comparison } from './unusual-amount-history.ts';

export type UnusualAmount = AmountJudgement & { readonly posting: Posting };

/** Older postings are judged no more: the person has seen them. */
export const daysJudged = 60;
/** Less is too usual to be a candidate: one posting in twenty. */
export const surpriseMin = 3;
