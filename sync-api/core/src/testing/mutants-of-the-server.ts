import type { Mutant } from './mutants.ts';

/** What the server does beside pushes and pulls, broken. */
export const ownWriteMutants: readonly Mutant[] = [
  {
    name: 'seal-is-not-looked-for-again',
    breaks: '[L6] a push that was overtaken by a seal is appended behind it',
    patches: [
      {
        file: 'server/accept-push.ts',
        text: "    if (tail?.entry.type === 'seal') return fail({ type: 'sealed', message: 'the account is deleted' });\n",
        instead: '',
      },
    ],
  },
  {
    name: 'if-match-without-its-epoch',
    breaks: '[F10] a position of another epoch matches',
    patches: [
      {
        file: 'server/write-on-server.ts',
        text: 'ifMatch.seq === seq && (seq === 0 || ifMatch.epoch === epoch)',
        instead: 'ifMatch.seq === seq',
      },
    ],
  },
  {
    name: 'write-without-a-search',
    breaks: '[F10] a write that was tried before is put again without being looked for',
    patches: [
      {
        file: 'server/write-on-server.ts',
        text: "const found = run.find((entry) => entry.type === 'server' && entry.id === id && entry.seq <= head);",
        instead: 'const found = run.find((entry) => entry.seq < 0);',
      },
    ],
  },
  {
    name: 'one-sweep',
    breaks: '[L6] what a slow function writes after the first sweep stays',
    patches: [
      {
        file: 'server/delete-space.ts',
        text: '  await sweepSealed(history, rows, space);\n  const tail',
        instead: '  const tail',
      },
    ],
  },
];
