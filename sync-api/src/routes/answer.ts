import type { Refusal, Result } from '@fintrack/sync-core/protocol';

/** Who asks, as a verified token says. */
export type User = {
  /** The `sub`, which is also the space. */
  readonly space: string;
  /** When the person typed their password, milliseconds since 1970: refreshed tokens have it too. */
  readonly signedInAt: number | undefined;
};

/** JSON text, ready to be sent. `refusal`: the push in it was refused, and what came with it still holds. */
export type Answer = { readonly body: string; readonly refusal?: Pick<Refusal, 'type' | 'delayMs'> };

export type RouteResult = Result<Answer, Refusal>;
