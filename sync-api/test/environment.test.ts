import { describe, expect, it } from 'vitest';
import { readEnvironment } from '../src/environment.ts';

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
});
