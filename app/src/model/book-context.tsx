import { createContext, type ReactNode, useContext, useMemo } from 'react';
import type { Category, Profile } from './ledger.ts';

/** What every screen needs of the ledger before it can say anything. */
export type Book = {
  readonly profile: Profile;
  /** In the person's order. */
  readonly categories: readonly Category[];
  readonly categoryById: ReadonlyMap<string, Category>;
};

const BookContext = createContext<Book | undefined>(undefined);

type BookProviderProps = { profile: Profile; categories: readonly Category[]; children: ReactNode };

export const BookProvider = ({ profile, categories, children }: BookProviderProps) => {
  const book = useMemo(
    () => ({
      profile,
      categories: [...categories].sort((a, b) => a.order - b.order),
      categoryById: new Map(categories.map((category) => [category.id, category])),
    }),
    [profile, categories],
  );
  return <BookContext value={book}>{children}</BookContext>;
};

export const useBook = (): Book => {
  const book = useContext(BookContext);
  if (!book) throw new Error('A screen is outside its BookProvider.');
  return book;
};
