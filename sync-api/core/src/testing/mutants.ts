import { ownWriteMutants } from './mutants-of-the-server.ts';

/** A tempting wording of a rule: what it breaks, and what stands in the core's files instead. */
export type Mutant = {
  readonly name: string;
  readonly breaks: string;
  readonly patches: readonly { readonly file: string; readonly text: string; readonly instead: string }[];
};

const foldMutants: readonly Mutant[] = [
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

const deviceMutants: readonly Mutant[] = [
  {
    name: 'base-is-the-confirmed-value',
    breaks: '[F2] an act names the confirmed value though a pending one hid it',
    patches: [
      {
        file: 'client/basis.ts',
        text: 'for (const each of pending.toReversed()) {',
        instead: 'for (const each of pending.slice(pending.length)) {',
      },
    ],
  },
  {
    name: 'no-over',
    breaks: '[F2] an act does not name the own pending change it stood on',
    patches: [
      {
        file: 'client/basis.ts',
        text: '(over === undefined ? [base] : [base, over])',
        instead: '(over === undefined ? [base] : [base])',
      },
    ],
  },
  {
    name: 'clear-on-acknowledgement',
    breaks: '[D2] what the server has acknowledged leaves the outbox before it is folded',
    patches: [
      {
        file: 'client/apply-answer.ts',
        text: 'fold.judged(request, answer);',
        instead: 'fold.judged(request, answer); await fold.acknowledged(answer);',
      },
      {
        file: 'client/answer-fold.ts',
        text: '  /** [L5] The server compared the digest that was sent. */',
        instead: `  async acknowledged(answer: SyncAnswer): Promise<void> {
    const first = this.meta.confirmedNumber + 1;
    const { acknowledged } = answer;
    if (!acknowledged || this.meta.reidentify || acknowledged.last < first) return;
    const changes = (await this.loadOutbox(acknowledged.last - first + 1)).flatMap((item) => item.changes);
    await this.load(changes.map((change) => recordKey(change.kind, change.id)));
    this.confirm({ first, changes: changes.slice(0, acknowledged.last - first + 1), hash: acknowledged.hash } as ChangesEntry);
  }

  /** [L5] The server compared the digest that was sent. */`,
      },
    ],
  },
  {
    name: 'any-answer-will-do',
    breaks: '[D3] an answer is applied wherever the replica stands, holes or not (the two checks double each other)',
    patches: [
      {
        file: 'client/asked.ts',
        text: 'meta.cursor === asked.cursor &&',
        instead: 'asked.cursor >= 0 &&',
      },
      {
        file: 'client/answer-fold.ts',
        text: 'if (wire.seq !== this.meta.cursor + 1) return',
        instead: 'if (wire.seq < 0) return',
      },
    ],
  },
  {
    name: 'fold-over-holes',
    breaks: '[S5] [D3] a hole in a run is folded over (server and device both check)',
    patches: [
      {
        file: 'client/answer-fold.ts',
        text: 'if (wire.seq !== this.meta.cursor + 1) return',
        instead: 'if (wire.seq < 0) return',
      },
      { file: 'server/archive.ts', text: 'if (entry.seq !== seq + run.length + 1) break;', instead: '' },
    ],
  },
  {
    name: 'stub-without-its-hash',
    breaks: '[D8] a stub is folded from the outbox whatever its hash',
    patches: [
      {
        file: 'client/answer-fold.ts',
        text: "if (entry.type === 'changes' && opened.hash !== entry.hash) return false;",
        instead: "if (entry.type === 'changes' && !isOwn && opened.hash !== entry.hash) return false;",
      },
    ],
  },
  {
    name: 'altered-entries-are-folded',
    breaks: '[P4] an entry whose chain does not end in its hash is folded',
    patches: [
      {
        file: 'client/answer-fold.ts',
        text: "if (entry.type === 'changes' && opened.hash !== entry.hash) return false;",
        instead: "if (entry.type === 'changes' && isOwn && opened.hash !== entry.hash) return false;",
      },
    ],
  },
  {
    name: 'stamp-again-without-looking',
    breaks: '[D8] the outbox is stamped again before the log was searched for it',
    patches: [
      {
        file: 'client/answer-fold.ts',
        text: 'this.meta = { ...this.meta, reidentify: { replica, target } };',
        instead: 'this.meta = { ...this.meta, reidentify: { replica, target: Math.min(target, this.meta.cursor) } };',
      },
    ],
  },
  {
    name: 'forget-the-origin',
    breaks: '[P4] a change that is stamped again gets a new identity',
    patches: [
      {
        file: 'client/restamp.ts',
        text: 'const change: Change = { ...old, origin: identity };',
        instead: 'const change: Change = { ...old };',
      },
      {
        file: 'client/restamp.ts',
        text: 'identities.push(identity);',
        instead: 'identities.push(old.origin ?? `${replica}:${next - 1}:${hash.slice(0, 16)}`);',
      },
    ],
  },
  {
    name: 'rebased-outbox',
    breaks: '[D8] what is stamped again has seen all that was folded meanwhile',
    patches: [
      {
        file: 'client/restamp.ts',
        text: 'const change: Change = { ...old, origin: identity };',
        instead: `const seen = Object.entries(old.set ?? {}).map(([group, [value]]) => [group, [value, meta.cursor]] as const);
      const change: Change = { ...old, origin: identity, ...(old.set ? { set: Object.fromEntries(seen) } : {}) };`,
      },
    ],
  },
  {
    name: 'snapshot-hides-own-changes',
    breaks: '[L2] a snapshot is taken though own changes below it were not confirmed',
    patches: [
      {
        file: 'client/bootstrap.ts',
        text: 'const hasAll = isWhole && isOwnChain && reset.seq > meta.cursor;',
        instead: 'const hasAll = (isWhole || isOwnChain || true) && reset.seq > meta.cursor;',
      },
    ],
  },
  {
    name: 'parts-without-their-hash',
    breaks: '[L2] a part of a snapshot is taken whatever its hash',
    patches: [
      {
        file: 'client/bootstrap.ts',
        text: '(hash === undefined || hashText(text) === hash)',
        instead: '(hash === undefined || hash !== undefined)',
      },
    ],
  },
  {
    name: 'nothing-is-offered-again',
    breaks: '[L4] what a restored server lost is not offered again',
    patches: [
      {
        file: 'client/lost-items.ts',
        text: 'if (mine.length === 0) return [];',
        instead: 'if (mine.length >= 0) return [];',
      },
    ],
  },
];

const serverMutants: readonly Mutant[] = [
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
        instead: 'await store.advance(space, last);\n  const rowsWritten = await writeRows(store, space, steps, rows);',
      },
    ],
  },
  {
    name: 'compaction-above-applied',
    breaks: '[L3] entries leave the log that the tables do not hold yet',
    patches: [{ file: 'server/compact.ts', text: 'await rows.applied(space), ', instead: '' }],
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
  ...ownWriteMutants,
  ...foundMutants,
];
