/** Asks at the terminal, on standard error. The trimmed answer; empty where the person ends the question instead. */
export function ask(
  question: string,
  streams?: { input?: NodeJS.ReadableStream; output?: NodeJS.WritableStream },
): Promise<string>;
