import type { Advice } from '@fintrack/advisor-core';
import { useMemo } from 'react';
import { useBook } from '../../model/book-context.tsx';
import { useToday } from '../../model/services-context.tsx';
import { useFormat } from '../../ui/format-context.tsx';
import type { InsightContext } from './insight-words.ts';
import { words } from './words.ts';

/** What the words of a card need to know of the book. */
export const useInsightContext = ({ streams }: Pick<Advice, 'streams'>): InsightContext => {
  const { profile, categoryById } = useBook();
  const format = useFormat();
  const today = useToday();
  return useMemo(
    () => ({
      format,
      today,
      homeCurrency: profile.currency,
      categoryName: (id) => (id === null ? words.noCategory : (categoryById.get(id)?.name ?? words.goneCategory)),
      streams,
    }),
    [format, today, profile.currency, categoryById, streams],
  );
};
