export const words = {
  title: 'More',
  advice: 'Advice',
  adviceSub: 'What is worth knowing, and the bills to come',
  sync: 'Sync',
  changes: 'Recent changes',
  changesSub: 'What was deleted or changed, to be taken back',
  import: 'Import',
  importSub: 'Open a CSV file from your bank, read on this device only',
  account: 'Account and settings',
  noAccount: 'No account, everything is on this device',
};
