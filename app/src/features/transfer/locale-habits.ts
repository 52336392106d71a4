import type { DateOrder } from './csv/read-date.ts';

/** How the locale writes dates in figures: used only where a file leaves it open. */
export const localeDateOrder = (locale: string): DateOrder => {
  const parts = new Intl.DateTimeFormat(locale, { day: '2-digit', month: '2-digit', year: 'numeric' })
    .formatToParts(0)
    .map((part) => part.type);
  if (parts.indexOf('year') < parts.indexOf('day')) return 'ymd';
  return parts.indexOf('month') < parts.indexOf('day') ? 'mdy' : 'dmy';
};
