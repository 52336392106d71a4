import type { Change } from '@fintrack/sync-core/protocol';
import { createRandom } from '@fintrack/sync-core/testing';

const merchants = [
  'Lidl',
  'Carrefour Express',
  'Albert Heijn',
  'DB Fernverkehr',
  'Shell Tankstelle',
  'Café Zürich',
  'IKEA',
  'Spotify',
  'Bäckerei Müller',
  'Apotheke am Markt',
  'Amazon EU S.a.r.l.',
  'Trattoria da Enzo',
  'Decathlon',
  'Stadtwerke',
  'Ryanair',
  'PayPal *EBAY',
  'H&M',
  'Uber Eats',
  'Deutsche Post',
  'Kino Babylon',
  'Boulangerie Paul',
  'Vodafone',
  'Rossmann',
];
const words = [
  'weekly shop',
  'lunch with Ana',
  'train to Köln',
  'birthday present',
  'refund',
  'two coffees',
  'petrol',
  'for the office',
  'shoes for Leo',
  'concert',
  'medicine',
  'card payment',
  'ref 88213',
  'split with Tom',
  'holiday',
  'new lamp',
  'dinner',
];

/** Expenses as an import makes them: random ids, varied amounts and dates, a title of several words, a note to some. */
export const realisticChanges = (count: number, seed: number): readonly Change[] => {
  const random = createRandom(seed);
  const twoDigits = (max: number): string => String(random.between(1, max)).padStart(2, '0');
  const categories = Array.from({ length: 14 }, () => random.uuid());
  const importId = random.uuid();
  return Array.from(
    { length: count },
    (): Change => ({
      kind: 'expense',
      id: random.uuid(),
      at: 1_764_000_000_000 + random.between(0, 1_000_000),
      set: {
        amount: [{ minor: random.between(50, 20_000), currency: 'EUR' }],
        date: [`2026-${twoDigits(12)}-${twoDigits(28)}`],
        category: [random.pick(categories)],
        description: [`${random.pick(merchants)} ${random.hex(4)} ${random.pick(words)}`],
        import: [importId],
        ...(random.chance(0.2) && { note: [`${random.pick(words)}, ${random.between(1, 1_000)}`] }),
      },
    }),
  );
};
