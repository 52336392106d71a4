import type { Mutant } from './mutant.ts';

/** What the server does with pushes, tables and archives, broken. */
export const serverMutants: readonly Mutant[] = [
  {
    name: 'dedupe-by-number',
    breaks: '[S2] a number that is there is known, whatever its content',
    patches: [
      {
        file: 'server/accept-push.ts',
        text: "if (hashes[last - push.first] !== hash) return { type: 'fork' };",
        instead: '',
      },
    ],
  },
  {
    name: 'chain-unchecked',
    breaks:
      '[S2] no hash is compared, before the next number or at a known one (a right device offers only what goes on from there)',
    patches: [
      {
        file: 'server/accept-push.ts',
        text: "push.previous === hash ? { type: 'append', skip: 0 } : { type: 'fork' }",
        instead: "{ type: 'append', skip: 0 }",
      },
      {
        file: 'server/accept-push.ts',
        text: "if (hashes[last - push.first] !== hash) return { type: 'fork' };",
        instead: '',
      },
    ],
  },
  {
    name: 'ambiguous-means-no',
    breaks: '[S4] a write that nobody knows of is put again one further',
    patches: [
      {
        file: 'server/accept-push.ts',
        text: 'if (isSameBatch(written.by, next)) return ok({ tail: written.by });',
        instead: '',
      },
      {
        file: 'server/accept-push.ts',
        text: 'tail = written.by.entry.seq > (tail?.entry.seq ?? 0) ? written.by : await log.tail(space);',
        instead: 'tail = { ...written.by, vector: tail?.vector ?? {} };',
      },
    ],
  },
  {
    name: 'retired-are-forgotten',
    breaks: '[S6] a replica that leaves the vector is a new one when it comes back',
    patches: [
      {
        file: 'server/accept-push.ts',
        text: 'tail && (tail.vector[replica] ?? (await spaces.retired(space, replica)))',
        instead: 'tail && tail.vector[replica]',
      },
    ],
  },
  {
    name: 'unconditional-rows',
    breaks: '[M2] a row is written whatever stands there',
    patches: [
      {
        file: 'testing/memory-server-stores.ts',
        text: 'if ((tables.get(id)?.seq ?? 0) !== expectedSeq) return false;',
        instead: '',
      },
    ],
  },
  {
    name: 'applied-before-the-rows',
    breaks: '[M1] the position moves before the rows are written',
    patches: [
      {
        file: 'server/materialise.ts',
        text: 'const rowsWritten = await writeRows(store, space, steps, rows);',
        instead:
          'await store.advance(space, from, { seq: last, digest: null });\n  const rowsWritten = await writeRows(store, space, steps, rows);',
      },
    ],
  },
  {
    name: 'digest-of-rows-moved-on',
    breaks: '[M1] a row that another run wrote meanwhile is taken out of the digest as if it had always stood so',
    patches: [
      {
        file: 'server/materialise.ts',
        text: 'if (digest === null || (before?.seq ?? 0) > from.seq) return null;',
        instead: 'if (digest === null) return null;',
      },
    ],
  },
  {
    name: 'applied-from-anywhere',
    breaks: '[M1] a run moves the position and digest of another that was faster',
    patches: [
      {
        file: 'testing/memory-server-stores.ts',
        text: 'if (seq !== from.seq || digest !== from.digest) return false;',
        instead: '',
      },
    ],
  },
  {
    name: 'compaction-above-applied',
    breaks: '[L3] entries leave the log that the tables do not hold yet',
    patches: [{ file: 'server/compact.ts', text: 'applied.seq, ', instead: '' }],
  },
  {
    name: 'compaction-of-young-entries',
    breaks: '[L3] entries leave the log while a slow function may still write at their position',
    patches: [
      {
        file: 'server/compact.ts',
        text: 'if (!run || run.some(({ entry }) => entry.receivedAt > oldEnough)) break;',
        instead: 'if (!run || oldEnough < 0) break;',
      },
    ],
  },
  {
    name: 'remove-before-the-floor',
    breaks: '[L3] entries leave the log before the floor says so',
    patches: [
      {
        file: 'server/compact.ts',
        text: 'if (floor > facts.floor && !(await raise(',
        instead: 'await log.remove(space, 1, floor - 1);\n  if (floor > facts.floor && !(await raise(',
      },
    ],
  },
];

/** What the server does about itself: compaction, snapshots, restores. */
export const lifecycleMutants: readonly Mutant[] = [
  {
    name: 'floor-moves-back',
    breaks: '[I10] a snapshot that was begun before a compaction takes the floor back',
    patches: [
      {
        file: 'server/take-snapshot.ts',
        text: '{ ...facts, snapshots: kept })))',
        instead: '{ ...facts, floor: 1, snapshots: kept })))',
      },
    ],
  },
  {
    name: 'no-gap-check',
    breaks:
      '[S2] a push that leaves numbers out is appended (a right device offers only what follows what it has folded)',
    patches: [
      {
        file: 'client/exchange.ts',
        text: '  const first = meta.confirmedNumber + 1;\n  const items',
        instead:
          '  const first = meta.confirmedNumber + (meta.nextNumber - meta.confirmedNumber > 4 ? 2 : 1);\n  const items',
      },
      {
        file: 'server/accept-push.ts',
        text: "if (push.first > last + 1) return { type: 'gap' };",
        instead: "if (push.first > last + 1) return { type: 'append', skip: 0 };",
      },
    ],
  },
  {
    name: 'never-alarmed',
    breaks: '[L5] a ledger that diverged is told that it is right',
    patches: [
      {
        file: 'server/serve-snapshot.ts',
        text: "return pointer.digest === checkpoint.digest ? 'same' : 'differs';",
        instead: "return pointer.digest === checkpoint.digest ? 'same' : 'unknown';",
      },
    ],
  },
  {
    name: 'epoch-numbers-twice',
    breaks: '[L4] a log that is restored once more gives an epoch the number of one that it leaves behind',
    patches: [
      {
        file: 'server/epochs.ts',
        text: 'epoch: Math.max(tail.epoch, ...openings.keys()) + 1,',
        instead: 'epoch: tail.epoch + 1,',
      },
    ],
  },
  {
    name: 'abandoned-unnamed',
    breaks: '[L4] an epoch does not say what the log has in common with those that it leaves behind',
    patches: [
      {
        file: 'server/epochs.ts',
        text: 'const mark = abandoned.length > 0 ? { ...cut, abandoned } : cut;',
        instead: 'const mark = abandoned.length < 0 ? { ...cut, abandoned } : cut;',
      },
    ],
  },
];

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
