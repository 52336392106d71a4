import { accept, type Outcome, refuse } from './outcome.ts';

export const PASSWORD_LENGTH_MIN = 10;

/** The policy of the deployed pool: ten characters with a lower-case and an upper-case Latin letter and a digit. */
export const checkPassword = (password: string): Outcome<void> => {
  const missing = RULES.filter(({ holds }) => !holds(password)).map(({ needs }) => needs);
  if (missing.length === 0) return accept(undefined);
  return refuse('InvalidPasswordException', `Password did not conform with policy: it needs ${inWords(missing)}.`);
};

const RULES: readonly { readonly needs: string; readonly holds: (password: string) => boolean }[] = [
  {
    needs: `at least ${PASSWORD_LENGTH_MIN} characters`,
    holds: (password) => password.length >= PASSWORD_LENGTH_MIN,
  },
  { needs: 'a lower-case letter', holds: (password) => /[a-z]/.test(password) },
  { needs: 'an upper-case letter', holds: (password) => /[A-Z]/.test(password) },
  { needs: 'a digit', holds: (password) => /[0-9]/.test(password) },
];

const inWords = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
