import { type ConformanceOptions, runConformanceFlow } from './conformance-flow.ts';

/** The flow as a page runs it: the functions come from the test by Playwright's `exposeFunction`. */
declare global {
  interface Window {
    readCode: ConformanceOptions['readCode'];
    nowMs: ConformanceOptions['nowMs'];
    advance: ConformanceOptions['advance'];
    runConformance: (options: PageOptions) => ReturnType<typeof runConformanceFlow>;
  }
}

export type PageOptions = Omit<ConformanceOptions, 'readCode' | 'nowMs' | 'advance'>;

window.runConformance = (options) => {
  const { readCode, nowMs, advance } = window;
  return runConformanceFlow({ ...options, readCode, nowMs, advance });
};
