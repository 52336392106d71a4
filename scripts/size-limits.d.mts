/** JavaScript and CSS that a first visit loads before the ledger is usable. */
export const firstLoadBrotliBytesMax: number;
/** The advisor's worker with all that it imports. */
export const advisorWorkerBrotliBytesMax: number;
