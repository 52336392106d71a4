import { attributeList, readOwnAttributes } from '../attributes.ts';
import { allowSending, deliveryDetails, sendCode, takeCode } from '../code-delivery.ts';
import { clientId, clientOperation, code, password, username } from '../operation.ts';
import { accept, type Outcome, refuse } from '../outcome.ts';
import { checkPassword } from '../password-policy.ts';
import { newUuid, type PoolContext, srpIdentity } from '../pool-context.ts';
import type { User } from '../pool-state.ts';
import { callPostConfirmation } from '../post-confirmation.ts';
import { maybe, object } from '../shape.ts';
import { createVerifier, SALT_SIZE_BYTES } from '../srp.ts';
import { emailOf, isEmail } from '../username.ts';
import { findUserByEmail, withUser } from '../user-store.ts';

export const signUp = clientOperation(
  object({ ClientId: clientId, Username: username, Password: password, UserAttributes: maybe(attributeList) }),
  async (context, request) => {
    const user = newUser(context, request);
    if (!user.ok) return user;
    context.store.commit((state) => withUser(state, user.value));
    const sent = await sendCode(context, 'sign-up', user.value);
    if (!sent.ok) return sent;
    return accept({ UserConfirmed: false, UserSub: user.value.sub, ...deliveryDetails(user.value.email) });
  },
);

export const confirmSignUp = clientOperation(
  object({ ClientId: clientId, Username: username, ConfirmationCode: code }),
  async (context, { Username, ConfirmationCode }) => {
    const email = emailOf(context, Username);
    const known = findUserByEmail(context.store.state, email);
    if (known?.status === 'CONFIRMED') {
      return refuse('NotAuthorizedException', 'User cannot be confirmed. Current status is CONFIRMED');
    }
    const user = takeCode(context, 'sign-up', email, known, ConfirmationCode);
    if (!user.ok) return user;
    // The person stays confirmed whatever the trigger does, as in the real pool.
    const confirmed: User = { ...user.value, status: 'CONFIRMED', signUpCode: undefined, postConfirmationOwed: true };
    context.store.commit((state) => withUser(state, confirmed));
    const triggered = await callPostConfirmation(context, confirmed.sub);
    return triggered.ok ? accept({}) : triggered;
  },
);

export const resendConfirmationCode = clientOperation(
  object({ ClientId: clientId, Username: username }),
  async (context, { Username }) => {
    const email = emailOf(context, Username);
    const user = findUserByEmail(context.store.state, email);
    if (user?.status === 'CONFIRMED') return refuse('InvalidParameterException', 'User is already confirmed.');
    const allowed = allowSending(context, 'sign-up', email);
    if (!allowed.ok) return allowed;
    const sent = user ? await sendCode(context, 'sign-up', user) : accept(undefined);
    return sent.ok ? accept(deliveryDetails(email)) : sent;
  },
);

interface SignUpRequest {
  readonly Username: string;
  readonly Password: string;
  readonly UserAttributes: readonly { readonly Name: string; readonly Value: string }[] | undefined;
}

const newUser = (context: PoolContext, request: SignUpRequest): Outcome<User> => {
  const email = request.Username.toLowerCase();
  if (!isEmail(email)) return refuse('InvalidParameterException', 'Username should be an email.');
  const given = request.UserAttributes ?? [];
  if (given.some(({ Name, Value }) => Name === 'email' && Value.toLowerCase() !== email)) {
    return refuse('InvalidParameterException', 'The email attribute differs from the user name.');
  }
  const own = readOwnAttributes(
    given.filter(({ Name }) => Name !== 'email'),
    { name: undefined, locale: undefined, zoneinfo: undefined },
  );
  if (!own.ok) return own;
  const allowed = checkPassword(request.Password);
  if (!allowed.ok) return allowed;
  if (findUserByEmail(context.store.state, email)) return refuse('UsernameExistsException', 'User already exists');
  const sub = newUuid(context);
  return accept({
    sub,
    email,
    status: 'UNCONFIRMED',
    ...own.value,
    createdAtMs: context.now(),
    verifier: createVerifier(srpIdentity(context, sub), request.Password, context.random(SALT_SIZE_BYTES)),
    signUpCode: undefined,
    resetCode: undefined,
    totp: undefined,
    totpOfferedHex: undefined,
    postConfirmationOwed: false,
  });
};
