/** The error of an attempt that must fail. */
export const failure = async (attempt: Promise<unknown>): Promise<Error> => {
  const result = await attempt.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (result instanceof Error) return result;
  throw new Error('it succeeded');
};

export const failsWith = async (attempt: Promise<unknown>, name: string, message = /./): Promise<void> => {
  const error = await failure(attempt);
  if (error.name !== name || !message.test(error.message)) {
    throw new Error(`expected ${name} ${String(message)}, got ${error.name}: ${error.message}`);
  }
};

export const equal = (actual: unknown, expected: unknown): void => {
  if (actual !== expected) throw new Error(`expected ${String(expected)}, got ${String(actual)}`);
};
