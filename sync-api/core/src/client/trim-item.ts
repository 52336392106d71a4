import type { OutboxItem } from './ports.ts';

/** What of an item lies above `last`, where the chain's hash is `hash`: all, a part with its own chain, or nothing. */
export const trimItem = (item: OutboxItem, last: number, hash: string): readonly OutboxItem[] => {
  if (item.first > last) return [item];
  if (item.last <= last) return [];
  const count = last - item.first + 1;
  return [
    {
      ...item,
      first: last + 1,
      previous: hash,
      changes: item.changes.slice(count),
      identities: item.identities.slice(count),
    },
  ];
};
