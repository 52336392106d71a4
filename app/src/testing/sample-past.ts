import type { ChangeSummary, Device, EntryHistory, HistoryEvent } from '../model/history.ts';
import type { Notice } from '../model/ledger.ts';

/** Histories, notices and waiting changes of the sample ledger, for looking at the screens that show them. */

const other = { type: 'otherDevice', replica: '3fa09c1be2d47718' } as const;
const own = { type: 'thisDevice' } as const;
const minute = 60_000;

const osteria = { kind: 'expense', id: '2025-11-6-OsteriaCentrale' } as const;
const euros = (minor: number) => ({ minor, currency: 'EUR' });

const eventsAt = (now: number): readonly HistoryEvent[] => {
  const values = { amount: euros(5040), date: '2025-11-06', category: 'c2', description: 'Osteria Centrale', note: '' };
  const plain = { metDelete: false, receivedAt: now - 20 * minute };
  return [
    {
      ...plain,
      identity: 'b:7:1',
      what: 'changed',
      author: other,
      at: now - 30 * minute,
      values: { ...values, amount: euros(5040) },
      groups: [{ group: 'amount', before: euros(4400), after: euros(5040), outcome: 'won' }],
    },
    {
      ...plain,
      identity: 'a:9:1',
      what: 'changed',
      author: own,
      at: now - 53 * minute,
      values: { ...values, amount: euros(4620), note: 'With Mira, tip included' },
      groups: [
        { group: 'amount', before: euros(4400), after: euros(4620), outcome: 'lost' },
        { group: 'note', after: 'With Mira, tip included', outcome: 'set' },
      ],
    },
    {
      ...plain,
      identity: 'a:2:1',
      what: 'added',
      author: own,
      at: now - 1500 * minute,
      values: { ...values, amount: euros(4400) },
      groups: Object.entries({ ...values, amount: euros(4400) }).map(([group, after]) => ({
        group,
        after,
        outcome: 'set' as const,
      })),
    },
  ];
};

export const sampleHistories = (now: number): Readonly<Record<string, EntryHistory>> => {
  const events = eventsAt(now);
  return {
    [`${osteria.kind}/${osteria.id}`]: {
      ...osteria,
      events,
      isWhole: false,
      shown: events[0]?.values ?? {},
      isDeleted: false,
      sight: { epoch: 1, bases: {} },
    },
  };
};

export const sampleNotices = (now: number): readonly Notice[] => {
  const key = `${osteria.kind}/${osteria.id}`;
  return [
    {
      type: 'conflict',
      id: 'n1',
      ids: ['n1'],
      key,
      at: now - 20 * minute,
      lost: [
        { group: 'amount', value: euros(4620), by: 'a:9:1', to: 'b:7:1' },
        { group: 'note', value: 'With Mira, tip included', by: 'a:9:1', to: 'b:7:1' },
      ],
    },
    { type: 'editMetDelete', id: 'n2', ids: ['n2'], key, at: now - 40 * minute, edit: 'b:7:1', deletion: 'a:9:1' },
    {
      type: 'rejected',
      id: 'n3',
      ids: ['n3'],
      key: 'expense/decathlon',
      at: now - 60 * minute,
      by: 'a:12:1',
      reason: { type: 'value', group: 'note', why: 'too long' },
      values: { amount: euros(3499), date: '2025-11-12', description: 'Decathlon', note: 'Rain boots. '.repeat(40) },
    },
  ];
};

export const sampleChanges = (now: number): readonly ChangeSummary[] => {
  const change = (
    index: number,
    part: Pick<ChangeSummary, 'what' | 'groups' | 'values'> & Partial<ChangeSummary>,
  ): ChangeSummary => ({
    identity: `c${index}`,
    kind: 'expense',
    id: `id${index}`,
    author: own,
    at: now - index * 17 * minute,
    receivedAt: index < 4 ? null : now - index * 16 * minute,
    othersCount: 0,
    ...part,
  });
  const rewe = { amount: euros(2348), description: 'REWE', date: '2025-11-20' };
  return [
    change(1, { what: 'added', groups: ['amount'], values: rewe }),
    change(2, { what: 'changed', groups: ['note', 'category'], values: { ...rewe, description: 'Monsieur Vuong' } }),
    change(3, {
      what: 'changed',
      kind: 'budget',
      groups: ['amount'],
      values: { amount: euros(51_000), of: { category: 'c1', month: '2025-12', currency: 'EUR' } },
    }),
    change(4, { what: 'deleted', groups: [], values: { ...rewe, description: 'Starbucks' }, author: other }),
    change(5, { what: 'added', groups: [], values: { ...rewe, description: 'Hofladen Pankow' }, othersCount: 209 }),
  ];
};

export const sampleDevices = (now: number): readonly Device[] => [
  { author: own, lastAt: now - 2 * minute, changeCount: 1284 },
  { author: other, lastAt: now - 70 * minute, changeCount: 212 },
  { author: { type: 'otherDevice', replica: '90be22c41d8f0a63' }, lastAt: now - 60_000 * minute, changeCount: 9 },
];
