import { canonicalJson, type Json } from '../protocol/json.ts';

/** One named fact that any implementation of a port must show; `run` throws where it does not. */
export type ContractCase<Subject> = {
  readonly name: string;
  readonly run: (create: () => Promise<Subject>) => Promise<void>;
};

export class CheckError extends Error {}

export const check = (holds: boolean, fact: string): void => {
  if (!holds) throw new CheckError(fact);
};

/** Equal as JSON. */
export const checkEqual = (actual: unknown, expected: unknown, fact: string): void => {
  const [a, b] = [canonicalJson((actual ?? null) as Json), canonicalJson((expected ?? null) as Json)];
  if (a !== b) throw new CheckError(`${fact}: got ${a}, expected ${b}`);
};
