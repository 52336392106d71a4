import { useMemo } from 'react';
import { useBook } from '../model/book-context.tsx';
import { useFormat } from './format-context.tsx';
import type { ValueContext } from './value-words.ts';

export const useValueContext = (): ValueContext => {
  const { categoryById } = useBook();
  const format = useFormat();
  return useMemo(() => ({ format, categoryById }), [format, categoryById]);
};
