import type { Mutant } from './mutant.ts';

/** What a device does, broken. */
export const deviceMutants: readonly Mutant[] = [
  {
    name: 'base-is-the-confirmed-value',
    breaks: '[F2] an act names the confirmed value though a pending one hid it',
    patches: [
      {
        file: 'client/basis.ts',
        text: 'for (let index = pending.length - 1; index >= 0; index--) {',
        instead: 'for (let index = -1; index >= 0; index--) {',
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
    name: 'repair-drops-the-outbox',
    breaks: '[L5] what waits is gone when the rows are replaced',
    patches: [
      {
        file: 'client/bootstrap.ts',
        text: 'reidentify: { replica, target: head } }, [...lost, ...waiting]);',
        instead: 'reidentify: { replica, target: head } }, lost);',
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
    name: 'claim-forgotten-early',
    breaks: '[D9] [D2] a local ledger is deleted as soon as it is copied',
    patches: [{ file: 'client/claim.ts', text: ' && claimedWaiting === 0;', instead: ' && claimedWaiting >= 0;' }],
  },
  {
    name: 'claim-twice',
    breaks: '[D9] two pages copy the same records',
    patches: [
      {
        file: 'client/claim.ts',
        text: '        throw new ClaimTaken();',
        instead: '        seen satisfies ClaimProgress;',
      },
    ],
  },
  {
    name: 'claim-covers',
    breaks: '[D9] a claim takes what the account has for seen',
    patches: [
      {
        file: 'client/record-acts.ts',
        text: 'const sight = options.claim ? { epoch: meta.epoch, bases: {} } : (act.sight ?? sightOf(state, pending, meta));',
        instead: 'const sight = act.sight ?? sightOf(state, pending, meta);',
      },
    ],
  },
  {
    name: 'claim-is-seen',
    breaks: '[D9] whoever types over a row of the account has seen what is claimed for it',
    patches: [
      {
        file: 'client/basis.ts',
        text: "if (change.op !== 'generate' && !claimed) return false;",
        instead: "if (change.op !== 'generate') return false;",
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
