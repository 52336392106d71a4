import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { suggestCategoryQuery } from '../../model/advisor-queries.ts';
import { useServices } from '../../model/services-context.tsx';
import type { DecimalMark } from '../../model/typed-amount.ts';
import type { CategoryAnswer } from './category-answer.ts';
import { type EntryForm, readFormAmount } from './entry-form.ts';

/**
 * What the advisor suggests for the form, once typing pauses; the one before until then, and none where the advisor is
 * slow or fails. After `hold` it stays as it is while the title does: chips must not move under a finger.
 */
export const useCategoryAnswer = (form: EntryForm, localeMark: DecimalMark) => {
  const services = useServices();
  const [held, setHeld] = useState<{ readonly title: string; readonly answer: CategoryAnswer | undefined }>();
  const title = form.title.trim();
  const amount = readFormAmount(form, localeMark);
  const settledTitle = useSettled(title);
  const settledMinor = useSettled(amount.ok ? amount.value.minor : 0);
  const isOpen = form.kind === 'expense' && title !== '' && !(form.isCategoryChosen && form.categoryId !== null);
  const { data } = useQuery({
    ...suggestCategoryQuery(services, { title: settledTitle, amountMinor: settledMinor }),
    enabled: isOpen && settledTitle !== '',
  });
  const latest = title === '' ? undefined : data;
  const answer = held?.title === title ? held.answer : latest;
  return { answer, hold: () => setHeld({ title, answer }) };
};

/** Long enough to be no letter of a word that is being typed. */
const settledMs = 150;

const useSettled = <T extends string | number>(value: T): T => {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), settledMs);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
};
