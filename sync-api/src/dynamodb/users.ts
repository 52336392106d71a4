import type { SpaceId } from '@fintrack/sync-core/protocol';
import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  ScanCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import * as v from 'valibot';
import type { NewUser } from '../routes/register.ts';
import type { SweepPort } from '../routes/sweep.ts';
import { orUnavailable } from './sdk-failure.ts';
import { sweepSpace } from './space-items.ts';

/**
 * Writes what the sign-up knows of a person. May be repeated, before or after the profile was folded: a name and a date
 * that are there stay; the email is Cognito's to say.
 */
export const createUserRegistry =
  (client: DynamoDBDocumentClient, tableName: string) =>
  async ({ id, email, name, createdAt }: NewUser): Promise<void> => {
    const update = new UpdateCommand({
      TableName: tableName,
      Key: { id },
      UpdateExpression: `SET #email = :email, #created = if_not_exists(#created, :created)${
        name === undefined ? '' : ', #name = if_not_exists(#name, :name)'
      }`,
      ExpressionAttributeNames: {
        '#email': 'email',
        '#created': 'created_at',
        ...(name !== undefined && { '#name': 'name' }),
      },
      ExpressionAttributeValues: {
        ':email': email,
        ':created': createdAt,
        ...(name !== undefined && { ':name': name }),
      },
    });
    await orUnavailable(client.send(update));
  };

/** Removes what the sign-up and the profile wrote of a person; somebody who is not there is passed over. */
export const createUserRemover =
  (client: DynamoDBDocumentClient, tableName: string) =>
  async (id: SpaceId): Promise<void> => {
    await orUnavailable(client.send(new DeleteCommand({ TableName: tableName, Key: { id } })));
  };

/** Users a page of the sweep. */
const usersPerPage = 100;

const cursorKey = { space: sweepSpace, item: 'cursor' };

/** The spaces there are, in pages, and where the last sweep stopped. */
export const createSweepPort = (
  client: DynamoDBDocumentClient,
  tables: { readonly users: string; readonly syncState: string },
): SweepPort => ({
  async spacesAfter(space) {
    const scan = new ScanCommand({
      TableName: tables.users,
      ProjectionExpression: '#id',
      ExpressionAttributeNames: { '#id': 'id' },
      Limit: usersPerPage,
      ...(space !== undefined && { ExclusiveStartKey: { id: space } }),
    });
    const page = await orUnavailable(client.send(scan));
    const spaces = v.parse(v.array(v.object({ id: v.string() })), page.Items ?? []).map(({ id }) => id);
    const next: unknown = page.LastEvaluatedKey?.['id'];
    return { spaces, next: typeof next === 'string' ? next : undefined };
  },

  async cursor() {
    const read = new GetCommand({ TableName: tables.syncState, Key: cursorKey, ConsistentRead: true });
    const after: unknown = (await orUnavailable(client.send(read))).Item?.['after'];
    return typeof after === 'string' ? after : undefined;
  },

  async moveCursor(after) {
    const put = new PutCommand({ TableName: tables.syncState, Item: { ...cursorKey, after } });
    await orUnavailable(client.send(put));
  },
});
