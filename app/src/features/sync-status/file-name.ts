import type { CalendarDate } from '@fintrack/sync-core/protocol';

export const fileNameOf = (what: 'waiting' | 'entries', today: CalendarDate, ending: 'json' | 'csv'): string =>
  `fintrack-${what}-${today}.${ending}`;
