import type { Mutant } from './mutant.ts';
import { deviceMutants } from './mutants-of-devices.ts';
import { foldMutants } from './mutants-of-the-fold.ts';
import { lifecycleMutants, ownWriteMutants, serverMutants } from './mutants-of-the-server.ts';

/** Faults that the engine had until worlds failed of them. */
const foundMutants: readonly Mutant[] = [
  {
    name: 'groups-in-any-order',
    breaks: '[F5] which missed edit a delete tells of depends on how a store keeps a row',
    patches: [{ file: 'fold.ts', text: 'Object.keys(base.cells).sort();', instead: 'Object.keys(base.cells);' }],
  },
  {
    name: 'damaged-is-asked-again',
    breaks: '[L2] a snapshot that is damaged is asked for again',
    patches: [
      {
        file: 'client/bootstrap.ts',
        text: 'const later = { ...meta, avoid: reset.seq };',
        instead: 'const later = { ...meta };',
      },
    ],
  },
  {
    name: 'wait-above-the-cut',
    breaks: '[D8] [L4] a new identity searches up to a head that a restore has cut off',
    patches: [
      {
        file: 'client/answer-fold.ts',
        text: 'if (lost.length === 0 && !meta.reidentify) return;',
        instead: 'if (lost.length === 0) return;',
      },
    ],
  },
  {
    name: 'copies-share-an-identity',
    breaks: '[D8] two copies of a profile take the same new identity',
    patches: [
      {
        file: 'client/answer-fold.ts',
        text: 'reidentify: { ...this.meta.reidentify, replica: this.options.newReplica } };',
        instead: 'reidentify: { ...this.meta.reidentify } };',
      },
    ],
  },
];

export const mutants: readonly Mutant[] = [
  ...foldMutants,
  ...deviceMutants,
  ...serverMutants,
  ...lifecycleMutants,
  ...ownWriteMutants,
  ...foundMutants,
];
