import type { Refusal, Result } from '@fintrack/sync-core/protocol';

/** Who asks: the `sub` of a verified token, which is also the space. */
export type User = { readonly space: string };

/** JSON text, ready to be sent. `refusal`: the push in it was refused, and what came with it still holds. */
export type Answer = { readonly body: string; readonly refusal?: Pick<Refusal, 'type' | 'delayMs'> };

export type RouteResult = Result<Answer, Refusal>;
