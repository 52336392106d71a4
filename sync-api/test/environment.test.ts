import { describe, expect, it } from 'vitest';
import { readBlobPlace, readEnvironment } from '../src/environment.ts';

describe('the environment', () => {
  it('is read by name', () => {
    const from = { TABLE_USERS: 'Users', TABLE_INCOME: 'Income', OTHER: 'x' };
    expect(readEnvironment(['TABLE_USERS', 'TABLE_INCOME'], from)).toEqual({
      TABLE_USERS: 'Users',
      TABLE_INCOME: 'Income',
    });
  });

  it('that misses names stops the function, naming all of them', () => {
    const from = { TABLE_USERS: 'Users', TABLE_INCOME: '' };
    expect(() => readEnvironment(['TABLE_USERS', 'TABLE_INCOME', 'TABLE_BUDGETS'], from)).toThrow(
      'missing environment variables: TABLE_INCOME, TABLE_BUDGETS',
    );
  });

  it('says where snapshots are: a bucket, or else a folder', () => {
    expect(readBlobPlace({ SNAPSHOTS_BUCKET: 'b', SNAPSHOTS_FOLDER: '' })).toEqual({ bucket: 'b' });
    expect(readBlobPlace({ SNAPSHOTS_FOLDER: '/f' })).toEqual({ folder: '/f' });
    expect(() => readBlobPlace({})).toThrow('SNAPSHOTS_BUCKET or SNAPSHOTS_FOLDER');
  });
});
