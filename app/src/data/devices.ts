import type { Author, Device } from '../model/history.ts';
import type { LedgerDatabase } from './database.ts';
import { authorOf } from './fold-history.ts';
import { eachKept } from './kept-changes.ts';
import { keptAuthors } from './stored-outbox.ts';

/** Who wrote what is kept on this device, latest first: whoever wrote only before that is not known here. */
export const readDevices = async (database: LedgerDatabase): Promise<readonly Device[]> => {
  const devices = new Map<string, Device>();
  await eachKept(database, 'oldestFirst', (stored) => {
    const { identities, own, receivedAt } = keptAuthors(stored);
    for (const [index, identity] of identities.entries()) {
      const author = authorOf({ identity, isOwn: own === 'all' || own.includes(index) });
      const name = nameOf(author);
      const before = devices.get(name);
      devices.set(name, {
        author,
        lastAt: Math.max(receivedAt, before?.lastAt ?? 0),
        changeCount: (before?.changeCount ?? 0) + 1,
      });
    }
    return 'more';
  });
  return [...devices.values()].sort((a, b) => b.lastAt - a.lastAt);
};

const nameOf = (author: Author): string => (author.type === 'otherDevice' ? author.replica : author.type);
