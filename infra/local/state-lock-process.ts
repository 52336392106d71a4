import { once } from 'node:events';
import { StartError } from './start-error.ts';
import { takeStateLock } from './state-lock.ts';

/** For tests: takes the lock on the folder in its argument at the first line of its input, and keeps it until that ends. */
const [stateDir = ''] = process.argv.slice(2);
console.log('ready');
await once(process.stdin, 'data');
try {
  await takeStateLock(stateDir);
  console.log('taken');
} catch (error) {
  if (!(error instanceof StartError)) throw error;
  console.log(error.message);
}
