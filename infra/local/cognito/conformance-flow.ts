import { Amplify } from 'aws-amplify';
import * as auth from 'aws-amplify/auth';
import { Secret, TOTP } from 'otpauth';
import { createDevice, useDevice } from './amplify-device.ts';
import { confirm, otherCode, type Person, reset, signIn, signUp, tokenClaims } from './conformance-calls.ts';
import { equal, failsWith, failure } from './conformance-checks.ts';

/** What the flow needs of the place it runs in: Node, or a page with these handed in. */
export interface ConformanceOptions {
  readonly endpoint: string;
  readonly userPoolId: string;
  readonly clientId: string;
  /** A new one for each run. */
  readonly email: string;
  /** The code in the newest mail to this address. */
  readonly readCode: (to: string) => Promise<string>;
  /** The pool's clock, which the flow moves on instead of waiting. */
  readonly nowMs: () => Promise<number>;
  readonly advance: (durationMs: number) => Promise<void>;
}

export interface ConformanceStep {
  readonly name: string;
  /** Why it failed; absent where it held. */
  readonly failure?: string;
}

/** Drives a user pool through unmodified aws-amplify. Every step is reported; a failed one does not stop the rest. */
export const runConformanceFlow = async (options: ConformanceOptions): Promise<readonly ConformanceStep[]> => {
  const steps: ConformanceStep[] = [];
  const step: StepRunner = async (name, run) => {
    try {
      await run();
      steps.push({ name });
    } catch (error) {
      steps.push({ name, failure: error instanceof Error ? `${error.name}: ${error.message}` : String(error) });
    }
  };
  configureAmplify(options);
  const person = { email: options.email, password: 'Orange-Kettle-42' };
  await signUpSteps(step, options, person);
  await signInSteps(step, options, person);
  await profileSteps(step);
  await deviceSteps(step, person);
  await passwordSteps(step, options, person);
  await lockoutSteps(step, options, person);
  await secondFactorSteps(step, options, person);
  await deletionSteps(step, person);
  return steps;
};

type StepRunner = (name: string, run: () => Promise<void>) => Promise<void>;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const CODE_TRIES = 5;
const WRONG_PASSWORD = 'Purple-Kettle-42';

const signUpSteps = async (step: StepRunner, options: ConformanceOptions, person: Person): Promise<void> => {
  const { email } = person;
  await step('a weak password is refused with what it lacks', async () => {
    const weak = auth.signUp({ username: email, password: 'kettle', options: { userAttributes: { email } } });
    await failsWith(weak, 'InvalidPasswordException', /10 characters.*upper-case.*digit/);
  });
  await step('sign up asks for a code sent by email', async () => {
    const { nextStep } = await signUp(person);
    equal(nextStep.signUpStep, 'CONFIRM_SIGN_UP');
    equal(nextStep.signUpStep === 'CONFIRM_SIGN_UP' && nextStep.codeDeliveryDetails.deliveryMedium, 'EMAIL');
  });
  await step('the same address in capitals cannot sign up again', async () => {
    await failsWith(signUp({ ...person, email: email.toUpperCase() }), 'UsernameExistsException');
  });
  await step('signing in before confirming leads back to the code', async () => {
    equal((await signIn(person)).nextStep.signInStep, 'CONFIRM_SIGN_UP');
  });
  await step('a code of yesterday has expired', async () => {
    const code = await options.readCode(email);
    await options.advance(24 * HOUR_MS);
    await failsWith(confirm(email, code), 'ExpiredCodeException');
  });
  await step('a wrong code is refused, five of them close the door, even to the right one', async () => {
    await auth.resendSignUpCode({ username: email });
    const code = await options.readCode(email);
    await options.advance(HOUR_MS);
    for (let tries = 0; tries < CODE_TRIES; tries += 1) {
      await failsWith(confirm(email, otherCode(code)), 'CodeMismatchException');
    }
    await failsWith(confirm(email, code), 'LimitExceededException');
  });
  await step('an hour later the code confirms', async () => {
    await options.advance(HOUR_MS);
    const { isSignUpComplete } = await confirm(email, await options.readCode(email));
    equal(isSignUpComplete, true);
  });
  await step('a confirmed person cannot confirm again', async () => {
    await failsWith(confirm(email, '000000'), 'NotAuthorizedException');
  });
};

const signInSteps = async (step: StepRunner, options: ConformanceOptions, person: Person): Promise<void> => {
  await step('a wrong password and an unknown person get the same answer', async () => {
    const wrong = await failure(signIn({ ...person, password: WRONG_PASSWORD }));
    const unknown = await failure(signIn({ ...person, email: `nobody-${person.email}` }));
    equal(wrong.name, 'NotAuthorizedException');
    equal(`${unknown.name} ${unknown.message}`, `${wrong.name} ${wrong.message}`);
  });
  await step('the right password signs in, in any case of the address', async () => {
    const { nextStep } = await signIn({ ...person, email: person.email.toUpperCase() });
    equal(nextStep.signInStep, 'DONE');
  });
  await step('the tokens carry the claims of a real pool', async () => {
    const { access, id } = await tokenClaims();
    equal(access.token_use, 'access');
    equal(access.client_id, options.clientId);
    equal(access.scope, 'aws.cognito.signin.user.admin');
    equal(access.username, access.sub);
    equal(Number(access.exp) - Number(access.iat), 3600);
    equal(String(access.iss).endsWith(`/${options.userPoolId}`), true);
    equal(id.token_use, 'id');
    equal(id.aud, options.clientId);
    equal(id.email, person.email);
    equal(id.email_verified, true);
    equal(id['cognito:username'], access.sub);
    equal(id.origin_jti, access.origin_jti);
  });
  await step('an access token is refused after its hour, and a refresh brings a new one', async () => {
    const before = (await tokenClaims()).access;
    await options.advance(HOUR_MS);
    await failsWith(auth.fetchUserAttributes(), 'NotAuthorizedException', /expired/);
    await auth.fetchAuthSession({ forceRefresh: true });
    const after = (await tokenClaims()).access;
    equal(after.jti === before.jti, false);
    equal(after.origin_jti, before.origin_jti);
    equal(after.auth_time, before.auth_time);
    equal((await auth.fetchUserAttributes()).sub, String(before.sub));
  });
};

const profileSteps = async (step: StepRunner): Promise<void> => {
  await step('a new name is in the profile and in the next id token', async () => {
    const updated = await auth.updateUserAttributes({ userAttributes: { name: 'Zoë O’Neill' } });
    equal(updated.name?.nextStep.updateAttributeStep, 'DONE');
    equal((await auth.fetchUserAttributes()).name, 'Zoë O’Neill');
    await auth.fetchAuthSession({ forceRefresh: true });
    equal((await tokenClaims()).id.name, 'Zoë O’Neill');
  });
  await step('an attribute that is not the person’s to write is refused', async () => {
    await failsWith(
      auth.updateUserAttributes({ userAttributes: { email: 'x@example.com' } }),
      'NotAuthorizedException',
    );
  });
};

const deviceSteps = async (step: StepRunner, person: Person): Promise<void> => {
  await step('signing out revokes the refresh token', async () => {
    await auth.signOut();
    const device = useDevice(createDevice());
    await signIn(person);
    const copy = device.copy();
    await auth.signOut();
    equal((await auth.fetchAuthSession()).tokens, undefined);
    useDevice(copy);
    await failsWith(auth.fetchUserAttributes(), 'NotAuthorizedException', /revoked/);
    equal((await auth.fetchAuthSession({ forceRefresh: true })).tokens, undefined);
  });
  const other = createDevice();
  await step('signing out on one device leaves another signed in', async () => {
    useDevice(other);
    await signIn(person);
    useDevice(createDevice());
    await signIn(person);
    await auth.signOut();
    useDevice(other);
    equal(typeof (await auth.fetchAuthSession({ forceRefresh: true })).tokens?.accessToken.toString(), 'string');
  });
  await step('signing out everywhere ends the other device', async () => {
    useDevice(createDevice());
    await signIn(person);
    await auth.signOut({ global: true });
    useDevice(other);
    await failsWith(auth.fetchUserAttributes(), 'NotAuthorizedException', /revoked/);
    equal((await auth.fetchAuthSession({ forceRefresh: true })).tokens, undefined);
  });
};

const passwordSteps = async (step: StepRunner, options: ConformanceOptions, person: Person): Promise<void> => {
  await step('changing the password needs the old one', async () => {
    await signIn(person);
    const wrong = auth.updatePassword({ oldPassword: WRONG_PASSWORD, newPassword: 'Copper-Kettle-43' });
    await failsWith(wrong, 'NotAuthorizedException');
    const weak = auth.updatePassword({ oldPassword: person.password, newPassword: 'kettle' });
    await failsWith(weak, 'InvalidPasswordException');
  });
  await step('a changed password signs in and the old one does not', async () => {
    const old = person.password;
    await auth.updatePassword({ oldPassword: old, newPassword: 'Copper-Kettle-43' });
    person.password = 'Copper-Kettle-43';
    await auth.signOut();
    await failsWith(signIn({ ...person, password: old }), 'NotAuthorizedException');
    equal((await signIn(person)).nextStep.signInStep, 'DONE');
    await auth.signOut();
  });
  await step('forgetting the password is answered alike for people who do not exist', async () => {
    const known = await auth.resetPassword({ username: person.email });
    const unknown = await auth.resetPassword({ username: person.email.replace(/@/, '.nobody@') });
    equal(JSON.stringify(unknown), JSON.stringify(known));
    equal(known.nextStep.resetPasswordStep, 'CONFIRM_RESET_PASSWORD_WITH_CODE');
  });
  await step('a reset code is good for an hour', async () => {
    const code = await options.readCode(person.email);
    await options.advance(HOUR_MS);
    await failsWith(reset(person.email, code, 'Silver-Kettle-44'), 'ExpiredCodeException');
  });
  await step('a reset needs the right code and takes it once', async () => {
    await auth.resetPassword({ username: person.email });
    const code = await options.readCode(person.email);
    await failsWith(reset(person.email, otherCode(code), 'Silver-Kettle-44'), 'CodeMismatchException');
    await failsWith(reset(person.email, code, 'kettle'), 'InvalidPasswordException');
    await reset(person.email, code, 'Silver-Kettle-44');
    person.password = 'Silver-Kettle-44';
    await failsWith(reset(person.email, code, 'Golden-Kettle-45'), 'ExpiredCodeException');
    equal((await signIn(person)).nextStep.signInStep, 'DONE');
    await auth.signOut();
  });
};

const lockoutSteps = async (step: StepRunner, options: ConformanceOptions, person: Person): Promise<void> => {
  await step('five wrong passwords lock the door for a second, even to the right one', async () => {
    for (let tries = 0; tries < 5; tries += 1) {
      await failsWith(signIn({ ...person, password: WRONG_PASSWORD }), 'NotAuthorizedException', /Incorrect/);
    }
    await failsWith(signIn(person), 'NotAuthorizedException', /Password attempts exceeded/);
  });
  await step('a sixth locks it for two', async () => {
    await options.advance(1000);
    await failsWith(signIn({ ...person, password: WRONG_PASSWORD }), 'NotAuthorizedException', /Incorrect/);
    await options.advance(1000);
    await failsWith(signIn(person), 'NotAuthorizedException', /Password attempts exceeded/);
    await options.advance(1000);
    equal((await signIn(person)).nextStep.signInStep, 'DONE');
  });
};

const secondFactorSteps = async (step: StepRunner, options: ConformanceOptions, person: Person): Promise<void> => {
  let app = new TOTP();
  const generate = async () => app.generate({ timestamp: await options.nowMs() });
  await step('an authenticator cannot be demanded before it is proven', async () => {
    await failsWith(auth.updateMFAPreference({ totp: 'PREFERRED' }), 'InvalidParameterException');
  });
  await step('an authenticator app is set up by its code', async () => {
    const { sharedSecret } = await auth.setUpTOTP();
    app = new TOTP({ secret: Secret.fromBase32(sharedSecret) });
    await failsWith(auth.verifyTOTPSetup({ code: otherCode(await generate()) }), 'EnableSoftwareTokenMFAException');
    await auth.verifyTOTPSetup({ code: await generate() });
    await auth.updateMFAPreference({ totp: 'PREFERRED' });
    equal((await auth.fetchMFAPreference()).preferred, 'TOTP');
    await auth.signOut();
  });
  await step('signing in asks for its code, takes no wrong one and none twice', async () => {
    equal((await signIn(person)).nextStep.signInStep, 'CONFIRM_SIGN_IN_WITH_TOTP_CODE');
    await failsWith(auth.confirmSignIn({ challengeResponse: await generate() }), 'ExpiredCodeException');
    await options.advance(2 * 30_000);
    await failsWith(auth.confirmSignIn({ challengeResponse: otherCode(await generate()) }), 'CodeMismatchException');
    const { nextStep } = await auth.confirmSignIn({ challengeResponse: await generate() });
    equal(nextStep.signInStep, 'DONE');
  });
  await step('without the second factor the password is enough again', async () => {
    await auth.updateMFAPreference({ totp: 'DISABLED' });
    await auth.signOut();
    equal((await signIn(person)).nextStep.signInStep, 'DONE');
  });
};

const deletionSteps = async (step: StepRunner, person: Person): Promise<void> => {
  await step('a deleted person is unknown, and the address is free again', async () => {
    await auth.deleteUser();
    await failsWith(signIn(person), 'NotAuthorizedException', /Incorrect/);
    equal((await signUp(person)).nextStep.signUpStep, 'CONFIRM_SIGN_UP');
  });
};

const configureAmplify = ({ endpoint, userPoolId, clientId }: ConformanceOptions): void => {
  Amplify.configure({
    Auth: {
      Cognito: { userPoolId, userPoolClientId: clientId, userPoolEndpoint: endpoint, loginWith: { email: true } },
    },
  });
  useDevice(createDevice());
};
