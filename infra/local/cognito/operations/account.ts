import { attributeList, readOwnAttributes, userAttributes } from '../attributes.ts';
import { callerOperation, token } from '../operation.ts';
import { accept } from '../outcome.ts';
import { object } from '../shape.ts';
import { withoutUser, withUser } from '../user-store.ts';

export const getUser = callerOperation(object({ AccessToken: token }), (_context, _request, { user }) => {
  const secondFactor = user.totp?.required
    ? { UserMFASettingList: ['SOFTWARE_TOKEN_MFA'], PreferredMfaSetting: 'SOFTWARE_TOKEN_MFA' }
    : {};
  const attributes = Object.entries(userAttributes(user)).map(([Name, Value]) => ({ Name, Value }));
  return accept({ Username: user.sub, UserAttributes: attributes, ...secondFactor });
});

export const updateUserAttributes = callerOperation(
  object({ AccessToken: token, UserAttributes: attributeList }),
  (context, { UserAttributes }, { user }) => {
    const own = readOwnAttributes(UserAttributes, user);
    if (!own.ok) return own;
    context.store.commit((state) => withUser(state, { ...user, ...own.value }));
    return accept({ CodeDeliveryDetailsList: [] });
  },
);

export const deleteUser = callerOperation(object({ AccessToken: token }), (context, _request, { user }) => {
  context.store.commit((state) => withoutUser(state, user.sub));
  return accept({});
});
