import type { Story } from '../harness/story.ts';
import { adviceOffline, adviceOnTwoDevices } from './advisor.ts';
import { captivePortal, flakyNetwork, tokenExpires } from './bad-roads.ts';
import { badInput } from './bad-input.ts';
import { categorySuggestions, noSuggestions } from './category-suggestions.ts';
import { crashedClaim, crashedImport } from './crashes.ts';
import { deletedAccount } from './deleted-account.ts';
import { deleteAndUndo } from './delete-and-undo.ts';
import { evicted, failedRead, fullDisk, lostConnection, notPersisted, privateWindow } from './failing-storage.ts';
import { killedBrowser } from './killed-browser.ts';
import { killedServer } from './killed-server.ts';
import { offlineFirst } from './offline-first.ts';
import { clonedProfile, lostTransactions } from './restored-profile.ts';
import { runOut } from './run-out.ts';
import { serverAnswers } from './server-answers.ts';
import { heldLock, killedWorker, sameRow, stuckLeader } from './several-tabs.ts';
import { anotherPerson, offlineRefresh, refreshInTwoTabs, revoked } from './sign-ins.ts';
import { travel } from './travel.ts';
import { twoEdits } from './two-edits.ts';
import { twoTabs } from './two-tabs.ts';
import { blockedByOldTab, newSchema, rolledBack, unknownFields, update } from './new-versions.ts';

/** In the order of what matters most. */
export const stories: readonly Story[] = [
  offlineFirst,
  twoEdits,
  killedServer,
  killedBrowser,
  badInput,
  deleteAndUndo,
  adviceOffline,
  adviceOnTwoDevices,
  categorySuggestions,
  noSuggestions,
  serverAnswers,
  deletedAccount,
  runOut,
  update,
  newSchema,
  blockedByOldTab,
  rolledBack,
  unknownFields,
  twoTabs,
  travel,
  lostTransactions,
  clonedProfile,
  captivePortal,
  flakyNetwork,
  tokenExpires,
  evicted,
  notPersisted,
  fullDisk,
  lostConnection,
  failedRead,
  privateWindow,
  crashedImport,
  crashedClaim,
  sameRow,
  stuckLeader,
  heldLock,
  killedWorker,
  offlineRefresh,
  revoked,
  anotherPerson,
  refreshInTwoTabs,
];
