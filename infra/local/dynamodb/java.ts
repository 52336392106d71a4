import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** DynamoDB Local is compiled for this release. */
const javaReleaseMin = 17;

const remedy = `Install Java ${javaReleaseMin} or later (on Debian: apt-get install openjdk-17-jre-headless) or point JAVA_HOME at one.`;

/** The local database cannot start for a reason that the person can remove; the message is one sentence for them. */
export class LocalEngineError extends Error {
  override readonly name = 'LocalEngineError';
}

/** The `java` to run: the one in JAVA_HOME, else the one on the PATH. Rejects with a LocalEngineError if it will not do. */
export async function findJava(env: NodeJS.ProcessEnv = process.env): Promise<string> {
  const java = javaCommand(env);
  const release = javaRelease(await versionText(java));
  if (release === undefined) throw new LocalEngineError(`The version of ${java} cannot be read. ${remedy}`);
  if (release < javaReleaseMin) {
    throw new LocalEngineError(
      `The local database needs Java ${javaReleaseMin}, but ${java} is Java ${release}. ${remedy}`,
    );
  }
  return java;
}

/** The feature release in what `java -version` prints: 17 of `version "17.0.15"`, 8 of the old style `version "1.8.0_402"`. */
export function javaRelease(versionOutput: string): number | undefined {
  const match = /version "(?:1\.)?(\d+)/.exec(versionOutput);
  return match ? Number(match[1]) : undefined;
}

function javaCommand({ JAVA_HOME: home }: NodeJS.ProcessEnv): string {
  const inHome = home ? join(home, 'bin', process.platform === 'win32' ? 'java.exe' : 'java') : undefined;
  return inHome && existsSync(inHome) ? inHome : 'java';
}

async function versionText(java: string): Promise<string> {
  try {
    const { stdout, stderr } = await promisify(execFile)(java, ['-version']);
    return stderr + stdout;
  } catch (cause) {
    throw new LocalEngineError(`The local database needs Java, and none was found. ${remedy}`, { cause });
  }
}
