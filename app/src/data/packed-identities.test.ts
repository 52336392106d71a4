import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packIdentities, unpackIdentities } from './packed-identities.ts';

const hash = fc.stringMatching(/^[0-9a-f]{16}$/);
const run = fc
  .tuple(fc.stringMatching(/^[0-9a-f]{16}$/), fc.nat(), fc.array(hash, { maxLength: 20 }))
  .map(([replica, first, hashes]) => hashes.map((each, index) => `${replica}:${first + index}:${each}`));

describe('packed identities', () => {
  it('are those that were packed, of any shape, after a way through JSON', () => {
    const any = fc.oneof(
      run,
      fc.array(fc.oneof(fc.string(), hash), { maxLength: 5 }),
      fc.tuple(run, run).map((of) => of.flat()),
    );
    fc.assert(
      fc.property(any, (identities) => {
        const packed = JSON.parse(JSON.stringify(packIdentities(identities))) as ReturnType<typeof packIdentities>;
        expect(unpackIdentities(packed)).toEqual(identities);
      }),
    );
  });

  it('say what a run shares once', () => {
    const replica = '00000000000000aa';
    const packed = packIdentities([`${replica}:9:${'a'.repeat(16)}`, `${replica}:10:${'b'.repeat(16)}`]);
    expect(packed).toEqual({ replica, first: 9, hashes: `${'a'.repeat(16)}${'b'.repeat(16)}` });
  });
});
