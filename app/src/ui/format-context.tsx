import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { createFormat, type Format } from './format.ts';

const FormatContext = createContext<Format | undefined>(undefined);

export const FormatProvider = ({ locale, children }: { locale: string; children: ReactNode }) => {
  const format = useMemo(() => createFormat(locale), [locale]);
  return <FormatContext value={format}>{children}</FormatContext>;
};

export const useFormat = (): Format => {
  const format = useContext(FormatContext);
  if (!format) throw new Error('A screen is outside its FormatProvider.');
  return format;
};
