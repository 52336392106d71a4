import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { spaceStoreCases } from '@fintrack/sync-core/testing';
import { describe, expect, it } from 'vitest';
import { createSpaceStore } from '../src/dynamodb/space-store.ts';
import { StoreUnavailable } from '../src/store-unavailable.ts';
import { faultyClient, freshSpace, namedError, spacesOf, useCloud } from './support.ts';

const cloud = useCloud();

describe('the facts of spaces in DynamoDB keep the contract', () => {
  for (const { name, run } of spaceStoreCases) {
    it(name, () => run(async () => ({ spaces: spacesOf(cloud()), space: freshSpace() })));
  }
});

describe('facts that cannot be read', () => {
  it('are unavailable while the database does not answer', async () => {
    const client = faultyClient(cloud(), async () => {
      throw namedError('TimeoutError');
    });
    const spaces = createSpaceStore(client, cloud().tables.syncState);
    await expect(spaces.facts(freshSpace())).rejects.toBeInstanceOf(StoreUnavailable);
  });

  it('are an error where they are damaged, not a space without facts', async () => {
    const space = freshSpace();
    const { client, tables } = cloud();
    const damaged = { space, item: 'facts', version: 1, floor: 'x' };
    await client.send(new PutCommand({ TableName: tables.syncState, Item: damaged }));
    await expect(spacesOf(cloud()).facts(space)).rejects.toThrow();
  });
});
