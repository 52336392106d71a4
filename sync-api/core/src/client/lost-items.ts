import { isChange } from '../protocol/change.ts';
import type { KeptItem, OutboxItem } from './ports.ts';

/**
 * [L4] Own changes of an entry that a restore made void, as they stood in the outbox; nothing for an entry of others. Their
 * numbers are of no more use, and are below all others.
 */
export const lostItem = ({ changes, identities, own, confirmedAt }: KeptItem): readonly OutboxItem[] => {
  const isOwn = (index: number): boolean => own === 'all' || own.includes(index);
  const mine = changes.flatMap((change, index) => {
    const identity = identities[index];
    return identity !== undefined && isOwn(index) && isChange(change) ? [{ change, identity }] : [];
  });
  if (mine.length === 0) return [];
  return [
    {
      first: -mine.length,
      last: -1,
      previous: '',
      hash: '',
      changes: mine.map(({ change }) => change),
      identities: mine.map(({ identity }) => identity),
      at: confirmedAt,
    },
  ];
};
