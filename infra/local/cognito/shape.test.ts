import { expect, it } from 'vitest';
import { flag, integer, list, maybe, object, oneOf, text } from './shape.ts';

const person = object({ name: text(5), age: integer, nick: maybe(text(5)), tags: list(text(3), 2) });

it('a value of the right shape comes through without the fields nobody asked for', () => {
  const read = person({ name: 'Ana', age: 3, tags: ['a'], other: 1 }, '');
  expect(read).toEqual({ ok: true, value: { name: 'Ana', age: 3, nick: undefined, tags: ['a'] } });
});

it.each([
  [{ age: 3, tags: [] }, 'name', 'missing'],
  [{ name: null, age: 3, tags: [] }, 'name', 'missing'],
  [{ name: 5, age: 3, tags: [] }, 'name', 'type'],
  [{ name: '', age: 3, tags: [] }, 'name', 'bounds'],
  [{ name: 'Joanna', age: 3, tags: [] }, 'name', 'bounds'],
  [{ name: 'Ana', age: 3.5, tags: [] }, 'age', 'type'],
  [{ name: 'Ana', age: 3, nick: {}, tags: [] }, 'nick', 'type'],
  [{ name: 'Ana', age: 3, tags: 'x' }, 'tags', 'type'],
  [{ name: 'Ana', age: 3, tags: ['a', 'b', 'c'] }, 'tags', 'bounds'],
  [{ name: 'Ana', age: 3, tags: ['a', 7] }, 'tags.2.member', 'type'],
])('%j is refused at %s (%s)', (value, path, reason) => {
  expect(person(value, '')).toEqual({ ok: false, error: { path, reason } });
});

it('no inherited property counts as given', () => {
  expect(object({ constructor: maybe(text(9)) })({}, '')).toEqual({ ok: true, value: { constructor: undefined } });
  expect(object({ name: text(5) })([], '')).toEqual({ ok: false, error: { path: '', reason: 'type' } });
});

it('flags and choices take nothing that merely resembles them', () => {
  expect(flag('true', 'on').ok).toBe(false);
  expect(oneOf('A', 'B')('C', 'x')).toEqual({ ok: false, error: { path: 'x', reason: 'bounds' } });
  expect(oneOf('A', 'B')('B', 'x')).toEqual({ ok: true, value: 'B' });
});
