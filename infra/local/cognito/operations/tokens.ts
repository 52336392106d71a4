import { callerOperation, clientId, clientOperation, token } from '../operation.ts';
import { accept } from '../outcome.ts';
import { findSession, renewTokens } from '../sessions.ts';
import { object } from '../shape.ts';
import { withSessionsRevoked } from '../user-store.ts';

export const getTokensFromRefreshToken = clientOperation(
  object({ ClientId: clientId, RefreshToken: token }),
  (context, { RefreshToken }) => renewTokens(context, RefreshToken),
);

/** Ends one sign-in. An unknown token is no error: it is already worth nothing (RFC 7009 section 2.2). */
export const revokeToken = clientOperation(object({ ClientId: clientId, Token: token }), (context, { Token }) => {
  const meant = findSession(context, Token);
  if (meant !== undefined) {
    context.store.commit((state) =>
      withSessionsRevoked(
        state,
        ({ originJti, clientId: owner }) => originJti === meant.originJti && owner === state.clientId,
      ),
    );
  }
  return accept({});
});

export const globalSignOut = callerOperation(object({ AccessToken: token }), (context, _request, { user }) => {
  context.store.commit((state) => withSessionsRevoked(state, ({ sub }) => sub === user.sub));
  return accept({});
});
