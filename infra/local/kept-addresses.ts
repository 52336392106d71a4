import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

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

export function readKeptAddresses(stateDir: string): KeptAddresses | undefined {
  let text: string;
  try {
    text = readFileSync(join(stateDir, fileName), 'utf8');
  } catch {
    return undefined;
  }
  const kept: unknown = JSON.parse(text);
  if (!isKept(kept)) throw new Error(`${join(stateDir, fileName)} is unreadable`);
  return kept;
}

export function writeKeptAddresses(stateDir: string, addresses: KeptAddresses): void {
  const path = join(stateDir, fileName);
  writeFileSync(`${path}.new`, `${JSON.stringify(addresses)}\n`);
  renameSync(`${path}.new`, path);
}

function isKept(value: unknown): value is KeptAddresses {
  if (typeof value !== 'object' || value === null) return false;
  const { appPort, cognitoPort, mailboxPort, issuer } = value as Partial<Record<keyof KeptAddresses, unknown>>;
  return [appPort, cognitoPort, mailboxPort].every((port) => Number.isInteger(port)) && typeof issuer === 'string';
}
