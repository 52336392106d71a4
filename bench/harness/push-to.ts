import type { SyncRequest } from '@fintrack/sync-core/protocol';
import { invoke } from '../../infra/local/gateway/invoke.ts';
import { claimsOf, syncEvent } from '../../sync-api/test/device.ts';
import type { BenchCloud } from './bench-cloud.ts';

/** One request to the sync function, as the gateway hands it over. Rejects unless it is answered with 200. */
export const pushTo = async ({ sync, issuer }: BenchCloud, space: string, request: SyncRequest): Promise<void> => {
  const event = syncEvent(space, request);
  event.requestContext.authorizer.jwt.claims = { ...claimsOf(space), client_id: issuer.clientId };
  const invoked = await invoke(sync, event);
  const { statusCode } = (invoked.type === 'returned' ? invoked.value : {}) as { readonly statusCode?: number };
  if (statusCode !== 200) throw new Error(`a push was answered with ${statusCode ?? invoked.type}`);
};
