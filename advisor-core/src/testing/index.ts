export { buildLedger, type Ledger, type LedgerBuilder, obviousSum } from './ledger-builder.ts';
export { goldenHashes, goldenText } from './golden-advice.ts';
