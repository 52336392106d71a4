import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findJava, javaRelease } from './java.ts';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'fintrack-java-'));
});
afterEach(async () => {
  await rm(home, { recursive: true, force: true });
});

describe('java', () => {
  it('is the one of JAVA_HOME when it is there', async () => {
    const java = await installJava('openjdk version "21.0.4" 2024-07-16');
    expect(await findJava({ ...process.env, JAVA_HOME: home })).toBe(java);
  });

  it('is refused in one sentence with a remedy when it is too old', async () => {
    await installJava('openjdk version "11.0.2" 2019-01-15');
    await expect(findJava({ ...process.env, JAVA_HOME: home })).rejects.toThrow(
      /needs Java 17, but .* is Java 11\. Install/,
    );
  });

  it.each([
    ['openjdk version "17.0.15" 2025-04-15', 17],
    ['java version "1.8.0_402"', 8],
    ['openjdk version "25" 2025-09-16', 25],
    ['bash: java: command not found', undefined],
  ])('has the release that %j tells', (output, release) => {
    expect(javaRelease(output)).toBe(release);
  });
});

async function installJava(version: string): Promise<string> {
  const java = join(home, 'bin', 'java');
  await mkdir(join(home, 'bin'));
  await writeFile(java, `#!/bin/sh\necho '${version}' >&2\n`);
  await chmod(java, 0o755);
  return java;
}
