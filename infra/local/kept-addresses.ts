import { join } from 'node:path';
import { type AtomicFile, createAtomicFile } from './cognito/atomic-file.ts';
import { StartError } from './start-error.ts';

/**
 * What must stay the same from start to start: a browser keeps a ledger by the app's origin, and tokens name their
 * issuer, which here carries the port that Cognito had at first.
 */
export interface KeptAddresses {
  readonly appPort: number;
  readonly cognitoPort: number;
  readonly mailboxPort: number;
  readonly issuer: string;
}

const fileName = 'addresses.json';

/** Undefined at the first start. Throws a StartError on a file that no start has written. */
export function readKeptAddresses(stateDir: string): KeptAddresses | undefined {
  const text = openFile(stateDir).read();
  if (text === undefined) return undefined;
  const kept = parse(text);
  if (isKept(kept)) return kept;
  throw new StartError(`${join(stateDir, fileName)} is damaged: delete it, and the next start chooses addresses anew.`);
}

/** At the first start only: what is kept is not changed. */
export function writeKeptAddresses(stateDir: string, addresses: KeptAddresses): void {
  openFile(stateDir).write(`${JSON.stringify(addresses)}\n`);
}

function openFile(stateDir: string): AtomicFile {
  return createAtomicFile(join(stateDir, fileName));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isKept(value: unknown): value is KeptAddresses {
  if (typeof value !== 'object' || value === null) return false;
  const { appPort, cognitoPort, mailboxPort, issuer } = value as Partial<Record<keyof KeptAddresses, unknown>>;
  return [appPort, cognitoPort, mailboxPort].every((port) => Number.isInteger(port)) && typeof issuer === 'string';
}
