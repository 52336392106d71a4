import type { Mutant } from './mutant.ts';

/** The rules of the fold, broken. */
export const foldMutants: readonly Mutant[] = [
  {
    name: 'fold-twice',
    breaks: '[F1] a change is folded as often as the log holds it',
    patches: [
      { file: 'fold.ts', text: 'if (row && holds(row, identity)) return { row, journal: [] }; // [F1]', instead: '' },
    ],
  },
  {
    name: 'forget-restamped',
    breaks: '[F1] a row forgets the identities of re-stamped changes',
    patches: [
      {
        file: 'fold.ts',
        text: '...(change.origin === undefined ? {} : { restamped: [...(row?.restamped ?? []), identity] }),',
        instead: '',
      },
    ],
  },
  {
    name: 'same-replica-wins',
    breaks: '[F2] coming from the same replica covers what is there',
    patches: [
      {
        file: 'fold.ts',
        text: "if (isCovered(current.version, write[1] ?? 0, write[2], change, context)) return 'wins'; // [F2]",
        instead: `if (isCovered(current.version, write[1] ?? 0, write[2], change, context)) return 'wins';
  if (current.version.by.split(':')[0] === version.by.split(':')[0]) return 'wins';`,
      },
    ],
  },
  {
    name: 'drop-the-loser',
    breaks: '[F4] the value that loses is not journaled',
    patches: [
      { file: 'fold.ts', text: "if (verdict !== 'wins' && current)", instead: "if (verdict === 'same' && current)" },
    ],
  },
  {
    name: 'last-to-arrive-wins',
    breaks: '[F4] ties are broken by arrival',
    patches: [
      {
        file: 'fold.ts',
        text: '(a.at === b.at ? a.by > b.by : a.at > b.at);',
        instead: '(a.at === b.at ? a.by > b.by : true);',
      },
    ],
  },
  {
    name: 'delete-unseen',
    breaks: '[F5] a delete takes values that its author did not see',
    patches: [
      {
        file: 'fold.ts',
        text: '!version.generated && !coveredBy(version, change.see?.[group], change, context)',
        instead:
          'version.generated === undefined && version.seq < 0 && !coveredBy(version, change.see?.[group], change, context)',
      },
    ],
  },
  {
    name: 'edit-does-not-revive',
    breaks: '[F5] an edit that met a delete stays deleted',
    patches: [
      {
        file: 'fold.ts',
        text: 'return { row: { ...base, cells, deleted: { value: false, version } }, journal };',
        instead: 'return { row: { ...base, cells, deleted: knew ? { value: false, version } : tombstone }, journal };',
      },
    ],
  },
  {
    name: 'revive-without-a-word',
    breaks: '[F5] nobody is told that an edit met a delete',
    patches: [{ file: 'fold.ts', text: 'if (!knew) journal.push(', instead: 'if (knew && !tombstone) journal.push(' }],
  },
  {
    name: 'future-wins',
    breaks: '[F6] a clock may be ahead of the server',
    patches: [
      {
        file: 'fold.ts',
        text: 'Math.max(1, Math.min(change.at, context.receivedAt))',
        instead: 'Math.max(1, change.at)',
      },
    ],
  },
  {
    name: 'generated-is-an-edit',
    breaks: '[F7] a value that a program made counts as an edit',
    patches: [{ file: 'fold.ts', text: '!version.generated && ', instead: '' }],
  },
  {
    name: 'generate-over-rows',
    breaks: '[F7] a program makes rows that are there already',
    patches: [
      {
        file: 'fold.ts',
        text: 'row: row ? base : generate(',
        instead: 'row: row ? { ...generate(base, change, identity, context) } : generate(',
      },
    ],
  },
  {
    name: 'bases-survive-a-restore',
    breaks: '[F2] a base above the cut of a restore counts',
    patches: [
      {
        file: 'base-in-log.ts',
        text: 'base > keptHead(changeEpoch, epochs) ? 0 : base',
        instead: 'base > keptHead(changeEpoch, epochs) ? base : base',
      },
    ],
  },
];
