import { attemptKey, CODE_TRIES_MAX, countInWindow, isLimitReached } from '../attempts.ts';
import { callerOperation, code, token } from '../operation.ts';
import { accept, refuse, refuseLimit } from '../outcome.ts';
import type { User } from '../pool-state.ts';
import { flag, maybe, object } from '../shape.ts';
import { bytesToBase32, matchTotp, TOTP_SECRET_SIZE_BYTES } from '../totp.ts';
import { withAttempts, withoutAttempts, withUser } from '../user-store.ts';

/** Offers a new secret; one that is in use stays in use until the new one is proven. */
export const associateSoftwareToken = callerOperation(object({ AccessToken: token }), (context, _request, { user }) => {
  const secret = context.random(TOTP_SECRET_SIZE_BYTES);
  context.store.commit((state) => withUser(state, { ...user, totpOfferedHex: secret.toString('hex') }));
  return accept({ SecretCode: bytesToBase32(secret) });
});

export const verifySoftwareToken = callerOperation(
  object({ AccessToken: token, UserCode: code }),
  (context, { UserCode }, { user }) => {
    const key = attemptKey('verify-totp', user.sub);
    const nowMs = context.now();
    const before = context.store.state.attempts.get(key);
    if (isLimitReached(before, CODE_TRIES_MAX, nowMs)) return refuseLimit();
    const offeredHex = user.totpOfferedHex;
    if (offeredHex === undefined) {
      return refuse('SoftwareTokenMFANotFoundException', 'Software token TOTP multi-factor authentication not found.');
    }
    const stepUsed = matchTotp(Buffer.from(offeredHex, 'hex'), UserCode, nowMs);
    if (stepUsed === undefined) {
      context.store.commit((state) => withAttempts(state, key, countInWindow(before, nowMs), nowMs));
      return refuse('EnableSoftwareTokenMFAException', 'Code mismatch');
    }
    const totp = { secretHex: offeredHex, stepUsed, required: user.totp?.required ?? false };
    const verified: User = { ...user, totp, totpOfferedHex: undefined };
    context.store.commit((state) => withoutAttempts(withUser(state, verified), key));
    return accept({ Status: 'SUCCESS' });
  },
);

const preference = maybe(object({ Enabled: maybe(flag), PreferredMfa: maybe(flag) }));

export const setUserMfaPreference = callerOperation(
  object({
    AccessToken: token,
    SoftwareTokenMfaSettings: preference,
    SMSMfaSettings: preference,
    EmailMfaSettings: preference,
  }),
  (context, { SoftwareTokenMfaSettings, SMSMfaSettings, EmailMfaSettings }, { user }) => {
    if (SMSMfaSettings?.Enabled || EmailMfaSettings?.Enabled) {
      return refuse('InvalidParameterException', 'This user pool offers SOFTWARE_TOKEN_MFA only');
    }
    if (SoftwareTokenMfaSettings === undefined) return accept({});
    const required = SoftwareTokenMfaSettings.Enabled ?? false;
    if (required && user.totp === undefined) {
      return refuse(
        'InvalidParameterException',
        'User does not have delivery config set to turn on SOFTWARE_TOKEN_MFA',
      );
    }
    const { totp } = user;
    if (totp !== undefined) {
      context.store.commit((state) => withUser(state, { ...user, totp: { ...totp, required } }));
    }
    return accept({});
  },
);
