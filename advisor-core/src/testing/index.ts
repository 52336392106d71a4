export { buildLedger, type Ledger, type LedgerBuilder, obviousSum } from './ledger-builder.ts';
