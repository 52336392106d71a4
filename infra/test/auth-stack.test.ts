import { beforeAll, describe, expect, it } from 'vitest';
import { PASSWORD_LENGTH_MIN } from '../local/cognito/password-policy.ts';
import { ACCESS_LIFETIME_S, REFRESH_LIFETIME_MS } from '../local/cognito/tokens.ts';
import { tablePermissions } from './resources.ts';
import { synthesize, type Templates } from './synthesize.ts';

let dev: Templates;
beforeAll(() => {
  dev = synthesize('dev');
}, 120_000);

describe('signing in', () => {
  it('is by a confirmed email address and a password of ten letters and digits, which symbols may join', () => {
    dev.auth.hasResourceProperties('AWS::Cognito::UserPool', {
      UsernameAttributes: ['email'],
      UsernameConfiguration: { CaseSensitive: false },
      AutoVerifiedAttributes: ['email'],
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: false },
      Policies: {
        PasswordPolicy: {
          MinimumLength: 10,
          RequireLowercase: true,
          RequireUppercase: true,
          RequireNumbers: true,
          RequireSymbols: false,
        },
      },
      AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'verified_email', Priority: 1 }] },
    });
  });

  it('is the same in the pool on this machine', () => {
    dev.auth.hasResourceProperties('AWS::Cognito::UserPool', {
      Policies: { PasswordPolicy: { MinimumLength: PASSWORD_LENGTH_MIN } },
    });
    dev.auth.hasResourceProperties('AWS::Cognito::UserPoolClient', {
      AccessTokenValidity: ACCESS_LIFETIME_S / 60,
      RefreshTokenValidity: REFRESH_LIFETIME_MS / 60_000,
    });
  });

  it('may ask for a second factor from an authenticator, never from a text message', () => {
    dev.auth.hasResourceProperties('AWS::Cognito::UserPool', {
      MfaConfiguration: 'OPTIONAL',
      EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
    });
  });

  it('never sends the password, tells nobody who has an account, and ends when tokens are revoked', () => {
    dev.auth.hasResourceProperties('AWS::Cognito::UserPoolClient', {
      ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
      GenerateSecret: false,
      AllowedOAuthFlowsUserPoolClient: false,
      PreventUserExistenceErrors: 'ENABLED',
      EnableTokenRevocation: true,
      AccessTokenValidity: 60,
      IdTokenValidity: 60,
      RefreshTokenValidity: 43_200,
      TokenValidityUnits: { AccessToken: 'minutes', IdToken: 'minutes', RefreshToken: 'minutes' },
    });
  });

  it('for the first time writes the Users row, and can do nothing else', () => {
    const pool = Object.values(dev.auth.findResources('AWS::Cognito::UserPool'))[0];
    expect(Object.keys(pool?.Properties.LambdaConfig)).toEqual(['PostConfirmation']);
    expect(tablePermissions(dev.auth, 'PostConfirmation')).toEqual(['UpdateItem Users']);
  });

  it('ids are outputs', () => {
    expect(Object.keys(dev.auth.toJSON().Outputs)).toEqual(expect.arrayContaining(['UserPoolId', 'UserPoolClientId']));
  });
});
