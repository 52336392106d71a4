/** A tempting wording of a rule: what it breaks, and what stands in the core's files instead. */
export type Mutant = {
  readonly name: string;
  readonly breaks: string;
  readonly patches: readonly { readonly file: string; readonly text: string; readonly instead: string }[];
};
