import { Secret, TOTP } from 'otpauth';
import { expect, it } from 'vitest';
import { bytesToBase32, matchTotp, TOTP_STEP_MS, totpAt } from './totp.ts';

const rfcSecret = Buffer.from('12345678901234567890');

it.each([
  [59, '287082'],
  [1111111109, '081804'],
  [1111111111, '050471'],
  [1234567890, '005924'],
  [2000000000, '279037'],
  [20000000000, '353130'],
])('RFC 6238, appendix B: at %i s the code ends in %s', (timeS, code) => {
  expect(totpAt(rfcSecret, Math.floor(timeS / 30))).toBe(code);
});

it('an authenticator app that got the secret in base 32 makes the same codes', () => {
  const secret = Buffer.from(Array.from({ length: 20 }, (_, index) => index * 13));
  const app = new TOTP({ secret: Secret.fromBase32(bytesToBase32(secret)) });
  expect(totpAt(secret, 59_000_000)).toBe(app.generate({ timestamp: 59_000_000 * TOTP_STEP_MS }));
});

it('a code matches in its own step and one step either side, and says which step it was', () => {
  const nowMs = 1_000_000 * TOTP_STEP_MS;
  for (const offset of [-1, 0, 1]) {
    expect(matchTotp(rfcSecret, totpAt(rfcSecret, 1_000_000 + offset), nowMs)).toBe(1_000_000 + offset);
  }
  expect(matchTotp(rfcSecret, totpAt(rfcSecret, 1_000_002), nowMs)).toBeUndefined();
  expect(matchTotp(rfcSecret, totpAt(rfcSecret, 999_998), nowMs)).toBeUndefined();
});

it('anything that is no code matches nothing', () => {
  for (const given of ['', '1', '1234567', 'abcdef', '１２３４５６']) {
    expect(matchTotp(rfcSecret, given, 59_000)).toBeUndefined();
  }
});
