export type NewUser = {
  /** Cognito's `sub`. */
  readonly id: string;
  readonly email: string;
  readonly name: string | undefined;
  /** ISO 8601 instant. */
  readonly createdAt: string;
};

export type RegisterDeps = {
  readonly save: (user: NewUser) => Promise<void>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
};

/** After a person confirmed a sign-up (or a new password): the item in Users. `attributes` are the pool's. */
export const createRegister =
  ({ save, now }: RegisterDeps) =>
  async (attributes: Readonly<Record<string, string>>): Promise<void> => {
    const { sub, email, name } = attributes;
    if (!sub || !email) throw new Error('a confirmed user without sub or email');
    await save({ id: sub, email, name: name || undefined, createdAt: new Date(now()).toISOString() });
  };
