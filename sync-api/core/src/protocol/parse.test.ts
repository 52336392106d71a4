import { describe, expect, it } from 'vitest';
import { testId } from '../testing/change-builder.ts';
import { canonicalJson, type Json } from './json.ts';
import { limits } from './limits.ts';
import { parseRefusalBody, parseSyncAnswer, parseSyncRequest } from './parse.ts';
import { protocolVersion, schemaVersion } from './version.ts';

const zeros = '0'.repeat(32);
const replica = '00000000000000aa';
const change: Json = { kind: 'expense', id: testId(1), at: 5, set: { note: ['n', 3, 'a:1:b'] } };
const request = {
  protocol: protocolVersion,
  schema: schemaVersion,
  space: 'account',
  replica,
  epoch: 1,
  cursor: 0,
  digest: zeros,
  push: { first: 1, previous: zeros, changes: [change] },
};
const place = { seq: 1, epoch: 1, receivedAt: 9 };
const changesEntry = {
  type: 'changes',
  ...place,
  replica,
  first: 1,
  previous: zeros,
  hash: zeros,
  changes: [change],
  rejected: [[1, { type: 'value', group: 'note', why: 'no' }]],
};
const own = { type: 'own', ...place, first: 1, last: 1, hash: zeros, rejected: [] };
const answer = {
  epoch: 1,
  head: 1,
  serverTime: 9,
  acknowledged: { last: 1, hash: zeros },
  entries: [changesEntry],
  more: false,
};

const read = (value: unknown) => parseSyncRequest(JSON.stringify(value));
const readAnswer = (value: unknown) => parseSyncAnswer(JSON.stringify(value));

describe('requests', () => {
  it('[P5] a request is read back as it was written, with a push or without', () => {
    const { push: _, ...pull } = request;
    for (const each of [request, pull]) expect(read(each)).toEqual({ ok: true, value: each });
  });

  it('[P1] [F9] members that this program does not know stay, at every place', () => {
    const later = { ...request, later: { any: [1] }, push: { ...request.push, later: 1 } };
    const parsed = read(later);
    expect(parsed.ok && canonicalJson(parsed.value as Json)).toBe(canonicalJson(later));
  });

  it('[P1] a request of a later protocol or schema is read, so that it can be refused by name', () => {
    expect(read({ ...request, protocol: 99, schema: 99 }).ok).toBe(true);
  });

  it('[F9] changes pass unread: what is no change too', () => {
    const changes = [{ b: 1, a: [{ z: null }] }, 'text', null, 5, []];
    const parsed = read({ ...request, push: { ...request.push, changes } });
    expect(parsed.ok && parsed.value.push?.changes).toEqual(changes);
  });

  it('text that is not JSON is named as such', () => {
    for (const text of ['', '<html>', '{', 'undefined']) {
      expect(parseSyncRequest(text)).toEqual({ ok: false, error: { type: 'notJson' } });
    }
  });

  it.each([
    ['protocol', { ...request, protocol: 0 }],
    ['space', { ...request, space: 5 }],
    ['replica', { ...request, replica: 'AA' }],
    ['epoch', { ...request, epoch: '1' }],
    ['cursor', { ...request, cursor: -1 }],
    ['cursor', { ...request, cursor: 0.5 }],
    ['digest', { ...request, digest: 'short' }],
    ['push.first', { ...request, push: { ...request.push, first: 0 } }],
    ['push.previous', { ...request, push: { ...request.push, previous: null } }],
    ['push.changes', { ...request, push: { ...request.push, changes: [] } }],
    ['push.changes', { ...request, push: { ...request.push, changes: 'all' } }],
  ])('[P5] a wrong %s is named by its path, without its value', (path, value) => {
    const parsed = read(value);
    expect(parsed).toMatchObject({ ok: false, error: { type: 'shape', path } });
  });

  it('[P5] other JSON than an object is refused', () => {
    for (const value of [null, 5, 'x', [], true]) expect(read(value).ok).toBe(false);
  });

  it('[P7] a change nested deeper than the limit is refused before anybody walks it', () => {
    const nested = (levels: number) =>
      `{"changes":[${'['.repeat(levels)}${']'.repeat(levels)}],"first":1,"previous":"${zeros}"}`;
    const text = (levels: number) => JSON.stringify({ ...request, push: 'HERE' }).replace('"HERE"', nested(levels));
    expect(parseSyncRequest(text(limits.nestingMax)).ok).toBe(true);
    for (const levels of [limits.nestingMax + 1, 100_000]) {
      expect(parseSyncRequest(text(levels))).toMatchObject({ ok: false, error: { path: 'push.changes.0' } });
    }
  });
});

describe('answers', () => {
  it('[P6] an answer with any kind of entry is read back as it was written', () => {
    const entries = [
      changesEntry,
      own,
      { type: 'epoch', ...place, restoredHead: 0 },
      { type: 'seal', ...place },
      { type: 'server', ...place, id: testId(9), changes: [change] },
    ];
    const refusal = { type: 'fork', message: 'pull', head: 3 };
    for (const each of [answer, { ...answer, acknowledged: null, entries, refusal }]) {
      expect(readAnswer(each)).toEqual({ ok: true, value: each });
    }
  });

  it('[P1] [F9] members that this program does not know stay, at every place', () => {
    const later = {
      ...answer,
      later: 1,
      acknowledged: { ...answer.acknowledged, later: 1 },
      entries: [{ ...changesEntry, later: { b: 1, a: 2 }, rejected: [[1, { type: 'newReason', later: 1 }]] }],
    };
    const parsed = readAnswer(later);
    expect(parsed.ok && canonicalJson(parsed.value as Json)).toBe(canonicalJson(later));
  });

  it('[P1] an entry of a type nobody knows makes the answer unreadable: it must not be skipped', () => {
    expect(readAnswer({ ...answer, entries: [{ type: 'merge', ...place }] }).ok).toBe(false);
  });

  it.each([
    ['a page of HTML', '<!doctype html><title>Sign in to this network</title>'],
    ['another JSON', '{"ok":true}'],
    ['an entry without a hash', JSON.stringify({ ...answer, entries: [{ ...changesEntry, hash: undefined }] })],
    ['a stub without a hash', JSON.stringify({ ...answer, entries: [{ ...own, hash: undefined }] })],
    ['an entry at 0', JSON.stringify({ ...answer, entries: [{ ...own, seq: 0 }] })],
  ])('[P6] %s is no answer', (_, text) => expect(parseSyncAnswer(text).ok).toBe(false));
});

describe('refusal bodies', () => {
  it('[P9] a refusal is read with its facts, unknown ones too', () => {
    const body = { error: { type: 'tooLarge', message: 'send fewer', limitBytes: 5, delayMs: 1, later: 2 }, later: 3 };
    expect(parseRefusalBody(JSON.stringify(body))).toEqual({ ok: true, value: body });
    expect(parseRefusalBody('{"message":"Forbidden"}').ok).toBe(false);
  });
});
