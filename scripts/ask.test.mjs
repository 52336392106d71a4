import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { ask } from './ask.mjs';

it('an answer comes without the space around it', async () => {
  const input = new PassThrough();
  const answer = ask('Sure? ', { input, output: new PassThrough() });
  input.write(' yes \n');
  expect(await answer).toBe('yes');
});

it('a question that is ended instead has an empty answer', async () => {
  const input = new PassThrough();
  const answer = ask('Sure? ', { input, output: new PassThrough() });
  input.end();
  expect(await answer).toBe('');
});
