export const firstLoadBrotliBytesMax = 130_000;
export const advisorWorkerBrotliBytesMax = 40_000;
