import { describe, expect, it } from 'vitest';
import { parseConfig } from './config.ts';

describe('the configuration', () => {
  it('is read with or without an endpoint of its own, and unknown settings are left alone', () => {
    const own = { api: '', userPoolId: 'eu-west-1_a', userPoolClientId: 'b' };
    expect(parseConfig(JSON.stringify({ ...own, region: 'eu-west-1' }))).toEqual(own);
    const local = { ...own, userPoolEndpoint: 'http://localhost:1/' };
    expect(parseConfig(JSON.stringify(local))).toEqual(local);
  });

  it("is not taken from a portal's page", () => {
    expect(parseConfig('<html>')).toBeUndefined();
    expect(parseConfig('{"api":5}')).toBeUndefined();
  });
});
