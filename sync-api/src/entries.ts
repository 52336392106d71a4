import { fileURLToPath } from 'node:url';

/** Absolute paths of the modules that export `handler`, one per Lambda function, for the bundler. */
export const entries = {
  sync: handlerPath('./handlers/sync.ts'),
  history: handlerPath('./handlers/history.ts'),
  account: handlerPath('./handlers/account.ts'),
  advice: handlerPath('./handlers/advice.ts'),
  materialise: handlerPath('./handlers/materialise.ts'),
  postConfirmation: handlerPath('./handlers/post-confirmation.ts'),
} as const;

export type EntryName = keyof typeof entries;

function handlerPath(relative: string): string {
  return fileURLToPath(new URL(relative, import.meta.url));
}
