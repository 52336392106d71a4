import type { CalendarDate } from '@fintrack/sync-core/protocol';
import type { Budget, Category, Entry, Profile } from '../model/ledger.ts';

export const sampleToday: CalendarDate = '2025-11-20';

export const sampleProfile: Profile = { name: 'Mara', currency: 'EUR', locale: 'en-GB', monthStart: 1 };

const names = [
  'Housing',
  'Groceries',
  'Dining',
  'Transport',
  'Home & care',
  'Kids',
  'Subscriptions',
  'Health',
  'Leisure',
  'Insurance',
];

export const sampleCategories: readonly Category[] = names.map((name, hue) => ({
  id: `c${hue}`,
  name,
  hue,
  icon: 'tag',
  order: hue,
}));

/** Day of November 2025, category, amount, description, note. */
type Line = readonly [day: number, category: number | null, minor: number, title: string, note?: string];

const november: readonly Line[] = [
  [20, 1, 2348, 'REWE'],
  [19, 8, 1890, 'Dussmann'],
  [19, 2, 1985, 'Monsieur Vuong', 'Lunch with the team'],
  [18, 2, 635, 'Starbucks', 'Hauptbahnhof'],
  [18, 1, 960, 'Bäckerei Siebert'],
  [17, 1, 3685, 'Lidl'],
  [16, 2, 1180, 'Zeit für Brot'],
  [15, 3, 1468, 'MILES', 'Van to IKEA'],
  [15, 4, 6497, 'IKEA', 'Lamp, bed linen'],
  [15, 1, 4472, 'EDEKA'],
  [14, 6, 1099, 'Disney+', 'Monthly'],
  [14, 4, 2230, 'dm'],
  [13, 5, 1500, 'Thalia', 'Birthday, Emil'],
  [13, 2, 2340, 'Five Guys'],
  [12, 5, 3499, 'Decathlon', 'Rain boots'],
  [12, 1, 6134, 'REWE'],
  [10, 2, 1590, 'Zola'],
  [9, 8, 2400, 'Kino International'],
  [8, 1, 5120, 'Kaufland'],
  [7, 7, 1295, 'Apotheke am Zoo'],
  [6, 2, 5040, 'Osteria Centrale'],
  [5, 3, 2990, 'Deutsche Bahn'],
  [4, 6, 3597, 'Spotify, iCloud'],
  [3, 1, 7186, 'EDEKA'],
  [3, 4, 1845, 'Rossmann'],
  [2, null, 2750, 'Hofladen Pankow'],
  [1, 0, 118_000, 'Hausverwaltung Kestler'],
  [1, 3, 5800, 'BVG Deutschlandticket'],
];

const entryOf = ([day, category, amountMinor, title, note = '']: Line, month: string): Entry => ({
  kind: 'expense',
  id: `${month}-${day}-${title}`.replaceAll(/[^\w-]/g, ''),
  date: `${month}-${String(day).padStart(2, '0')}`,
  amountMinor,
  currency: 'EUR',
  title,
  note,
  categoryId: category === null ? null : `c${category}`,
  importId: null,
  isPending: month === '2025-11' && day === 20,
});

const income = (month: string): Entry => ({
  ...entryOf([1, null, 349_500, 'Nordlicht GmbH', 'Salary'], month),
  kind: 'income',
});

const abroad: Entry = { ...entryOf([11, 2, 1840, 'Blue Bottle'], '2025-11'), currency: 'USD' };

export const sampleEntries: readonly Entry[] = [
  ...november.map((line) => entryOf(line, '2025-11')),
  ...november.map((line) => entryOf(line, '2025-10')),
  ...november.slice(6).map((line) => entryOf(line, '2025-09')),
  income('2025-11'),
  income('2025-10'),
  abroad,
];

const amounts = [131_000, 50_000, 18_000, 11_000, 9000, 14_000, 7500, 4000, 11_000, 9000];

const budgetsOf = (month: string): readonly Budget[] =>
  amounts.map((amountMinor, hue) => ({
    id: `b${hue}-${month}`,
    categoryId: `c${hue}`,
    month,
    amountMinor,
    currency: 'EUR',
    isPending: false,
  }));

export const sampleBudgets: readonly Budget[] = [...budgetsOf('2025-11'), ...budgetsOf('2025-10')];
