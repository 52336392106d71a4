export { buildLedger, type Ledger, type LedgerBuilder, obviousSum } from './ledger-builder.ts';
export { realisticLedger, type RealisticLedgerOptions } from './realistic-ledger.ts';
