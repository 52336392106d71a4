import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { readKeptAddresses, writeKeptAddresses } from './kept-addresses.ts';
import { StartError } from './start-error.ts';

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'addresses-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

it('addresses are found again, and none at a first start', () => {
  const folder = newFolder();
  expect(readKeptAddresses(folder)).toBeUndefined();
  const addresses = { appPort: 4600, cognitoPort: 4601, mailboxPort: 4602, issuer: 'http://localhost:4601/pool' };
  writeKeptAddresses(folder, addresses);
  expect(readKeptAddresses(folder)).toEqual(addresses);
});

it.each(['', '{"appPort":46', '{"appPort":"4600"}', 'null'])('a damaged file, "%s", is named to the person', (text) => {
  const folder = newFolder();
  writeFileSync(join(folder, 'addresses.json'), text);
  expect(() => readKeptAddresses(folder)).toThrow(StartError);
  expect(() => readKeptAddresses(folder)).toThrow(join(folder, 'addresses.json'));
});
