import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect } from 'react';
import { BookProvider } from '../model/book-context.tsx';
import { categoriesQuery, ledgerKey, profileQuery } from '../model/ledger-queries.ts';
import { useLedgerName, useServices } from '../model/services-context.tsx';
import { FormatProvider } from '../ui/format-context.tsx';
import { Opening } from '../ui/opening.tsx';

/** Opens the book: screens below have the profile and the categories, and see every change of the ledger. */
export const BookGate = ({ children }: { children: ReactNode }) => {
  const { ledger } = useServices();
  const ledgerName = useLedgerName();
  const queries = useQueryClient();
  useEffect(() => ledger.subscribe(() => void queries.invalidateQueries({ queryKey: [ledgerKey] })), [ledger, queries]);
  // After a change of account: what no screen asks any more, answered or under way, was of the ledger before.
  useEffect(() => queries.removeQueries({ type: 'inactive' }), [queries, ledgerName]);
  const { data: profile } = useQuery(profileQuery(ledger));
  const { data: categories } = useQuery(categoriesQuery(ledger));
  if (!profile || !categories) return <Opening />;
  return (
    <BookProvider profile={profile} categories={categories}>
      <FormatProvider locale={profile.locale}>{children}</FormatProvider>
    </BookProvider>
  );
};
