import type { AppConfig } from '../../../infra/local/web/app-server.ts';
import type { Person } from '../screens/account.ts';
import type { TestCloud } from './test-cloud.ts';

/** Creates a confirmed account as the app would, without its screens, which stories of their own are about. */
export const createAccount = async (cloud: TestCloud, person: Person): Promise<void> => {
  const { email, password, name } = person;
  const { userPoolClientId } = await readConfig(cloud);
  const UserAttributes = [
    { Name: 'email', Value: email },
    { Name: 'name', Value: name },
  ];
  const user = { ClientId: userPoolClientId, Username: email };
  await askPool(cloud, 'SignUp', { ...user, Password: password, UserAttributes });
  await askPool(cloud, 'ConfirmSignUp', { ...user, ConfirmationCode: await cloud.mailedCode(email) });
};

/** Ends every sign-in of whoever the token is of, as "sign out everywhere" on another device does. */
export const signOutEverywhere = (cloud: TestCloud, accessToken: string): Promise<void> =>
  askPool(cloud, 'GlobalSignOut', { AccessToken: accessToken });

const askPool = async (cloud: TestCloud, operation: string, body: object): Promise<void> => {
  const response = await fetch(cloud.addresses.cognito, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
    },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${operation} was answered ${response.status}: ${await response.text()}`);
};

const readConfig = async (cloud: TestCloud): Promise<AppConfig> =>
  (await fetch(`${cloud.addresses.app}/config.json`)).json() as Promise<AppConfig>;
