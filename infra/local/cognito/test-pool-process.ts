import { startCognito } from './start-cognito.ts';

/** A pool in a process of its own, for tests that kill it: the folder as its argument, one JSON line when it answers. */
const [stateDir = ''] = process.argv.slice(2);
const { url, clientId } = await startCognito({ port: 0, stateDir, deliver: () => undefined });
console.log(JSON.stringify({ url, clientId }));
