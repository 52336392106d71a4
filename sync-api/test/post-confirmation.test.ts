import { GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { profileId } from '@fintrack/sync-core/protocol';
import type { PostConfirmationTriggerEvent } from 'aws-lambda';
import { beforeAll, describe, expect, it } from 'vitest';
import { indexNames } from '../src/env-names.ts';
import { freshSpace, rowsOf, setHandlerEnvironment, silenceLog, useCloud } from './support.ts';

const cloud = useCloud();
let handler: (event: PostConfirmationTriggerEvent) => Promise<PostConfirmationTriggerEvent>;
beforeAll(async () => {
  setHandlerEnvironment(cloud());
  silenceLog();
  ({ handler } = await import('../src/handlers/post-confirmation.ts'));
});

const confirmed = (userAttributes: Record<string, string>): PostConfirmationTriggerEvent => ({
  version: '1',
  region: 'eu-west-1',
  userPoolId: 'eu-west-1_test',
  triggerSource: 'PostConfirmation_ConfirmSignUp',
  userName: userAttributes['sub'] ?? '',
  callerContext: { awsSdkVersion: '1', clientId: 'client' },
  request: { userAttributes },
  response: {},
});
const userAt = async (id: string) => {
  const { client, tables } = cloud();
  return (await client.send(new GetCommand({ TableName: tables.users, Key: { id }, ConsistentRead: true }))).Item;
};
const profileOf = (name: string) => {
  const version = { seq: 1, at: 1, by: 'a' };
  return { kind: 'profile', id: profileId, seq: 1, cells: { name: { value: name, version } } };
};

describe('after a sign-up is confirmed', () => {
  it('Users has the person, found by email', async () => {
    const sub = freshSpace();
    const event = confirmed({ sub, email: `${sub}@example.org`, name: 'Ada' });
    expect(await handler(event)).toEqual(event);
    const user = await userAt(sub);
    expect(user).toMatchObject({ id: sub, email: `${sub}@example.org`, name: 'Ada' });
    expect(user?.['created_at']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    const { client, tables } = cloud();
    const byEmail = new QueryCommand({
      TableName: tables.users,
      IndexName: indexNames.usersByEmail,
      KeyConditionExpression: 'email = :email',
      ExpressionAttributeValues: { ':email': `${sub}@example.org` },
    });
    expect((await client.send(byEmail)).Items).toMatchObject([{ id: sub }]);
  });

  it('a second confirmation changes nothing', async () => {
    const sub = freshSpace();
    const event = confirmed({ sub, email: 'a@example.org' });
    await handler(event);
    const { client, tables } = cloud();
    const old = { id: sub, email: 'a@example.org', created_at: '2020-01-01T00:00:00.000Z' };
    await client.send(new PutCommand({ TableName: tables.users, Item: old }));
    await handler(event);
    expect(await userAt(sub)).toEqual(old);
  });

  it('the profile and the sign-up keep what the other wrote, whichever comes first', async () => {
    const [early, late] = [freshSpace(), freshSpace()];
    await handler(confirmed({ sub: early, email: 'e@example.org', name: 'Signed' }));
    await rowsOf(cloud()).putRow(early, profileOf('Typed'), 0);
    await rowsOf(cloud()).putRow(late, profileOf('Typed'), 0);
    await handler(confirmed({ sub: late, email: 'l@example.org', name: 'Signed' }));
    expect(await userAt(early)).toMatchObject({ email: 'e@example.org', name: 'Typed', seq: 1 });
    expect(await userAt(late)).toMatchObject({ email: 'l@example.org', name: 'Typed', seq: 1 });
  });

  it('a user without an email is an error, in words that tell nothing', async () => {
    await expect(handler(confirmed({ sub: freshSpace() }))).rejects.toThrow('could not be set up');
  });
});
