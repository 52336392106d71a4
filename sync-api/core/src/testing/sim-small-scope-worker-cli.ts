import { parentPort, workerData } from 'node:worker_threads';
import { explore, type SmallScope } from './sim-small-scope.ts';

const isScope = (data: unknown): data is SmallScope => typeof data === 'object' && data !== null && 'start' in data;

/** Explores the scope that it is given, and posts the report. */
if (parentPort && isScope(workerData)) parentPort.postMessage(await explore(workerData));
