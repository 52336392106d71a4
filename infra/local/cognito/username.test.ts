import { expect, it } from 'vitest';
import { startTestPool } from './test-pool.ts';
import { isEmail } from './username.ts';

it.each(['ana@example.com', 'ana+1@mail.example.com', 'ána@exämple.com', '安娜@例え.jp', "o'neil@example.com"])(
  '%s is an address',
  (address) => {
    expect(isEmail(address)).toBe(true);
  },
);

it.each(['', 'ana', 'ana@example', '@example.com', 'ana@example..com', 'ana@@example.com', 'ana@example.com.'])(
  '"%s" is none',
  (address) => {
    expect(isEmail(address)).toBe(false);
  },
);

it.each([' ', '\u0000', '\n', '\u001b', '\u007f', '\u0085', '\u200b', '\u202e', '\ud83d'])(
  'an address with %j in it is none, and signs nobody up',
  async (character) => {
    await using pool = await startTestPool();
    for (const Username of [
      `a${character}na@example.com`,
      `ana@example${character}.com`,
      `ana@example.com${character}`,
    ]) {
      expect(isEmail(Username)).toBe(false);
      const account = { ClientId: pool.cognito.clientId, Username, Password: 'Orange-Kettle-42' };
      expect(await pool.call('SignUp', account)).toMatchObject({ status: 400, errorType: 'InvalidParameterException' });
    }
    expect(pool.mails).toEqual([]);
  },
);
