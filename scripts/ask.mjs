import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';

/**
 * Asks the person at the terminal, on standard error, as standard output may be promised to be JSON. The answer is empty
 * where they end the question instead, by Ctrl-C or Ctrl-D.
 *
 * @param {string} question
 * @param {{ input?: NodeJS.ReadableStream, output?: NodeJS.WritableStream }} streams
 * @returns {Promise<string>}
 */
export async function ask(question, { input = process.stdin, output = process.stderr } = {}) {
  const prompt = createInterface({ input, output });
  const ended = once(prompt, 'close').then(() => '');
  // Node rejects at Ctrl-C; at Ctrl-D its older releases never settle.
  const answered = prompt.question(question).catch(() => '');
  const answer = await Promise.race([answered, ended]);
  prompt.close();
  return answer.trim();
}
