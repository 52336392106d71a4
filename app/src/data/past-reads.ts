export { readCensus } from './census.ts';
export { readRecentChanges, readWaiting } from './change-summaries.ts';
export { readDeletedEntries } from './deleted-entries.ts';
export { readDevices } from './devices.ts';
export { readDismissals } from './dismissal-reads.ts';
export { exportEntries, exportWaiting } from './export-reads.ts';
export { readNotices } from './notices.ts';
export { readHistory } from './record-history.ts';
