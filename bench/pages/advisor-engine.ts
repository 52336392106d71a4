import { adviceToBytes, createAdvisor } from '@fintrack/advisor-core';

// All that the page's worker has of the advisor, to be weighed: nothing that is handed out is left out of the bundle.
Object.assign(globalThis, { createAdvisor, adviceToBytes });
