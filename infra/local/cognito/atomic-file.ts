import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** One file that always holds a whole text: the last one written or the one before, whenever the process is killed. */
export interface AtomicFile {
  /** Undefined where the file does not exist yet. */
  read(): string | undefined;
  /** On disk when it returns. Throws where another process wrote since this one last read or wrote. */
  write(text: string): void;
}

/** Readable by its owner only: what the pool keeps (keys, verifiers, mails with codes) is nobody else's business. */
const FILE_MODE = 0o600;

export const createAtomicFile = (path: string): AtomicFile => {
  let seen: string | undefined;
  return {
    read: () => {
      seen = fingerprint(path);
      return seen === undefined ? undefined : readFileSync(path, 'utf8');
    },
    write: (text) => {
      if (fingerprint(path) !== seen) throw new Error(`${path} is being written by another process; stop one of them`);
      mkdirSync(dirname(path), { recursive: true });
      writeSynced(`${path}.tmp`, text);
      renameSync(`${path}.tmp`, path);
      syncFolder(dirname(path));
      seen = fingerprint(path);
    },
  };
};

/** Changes with every rename over the path, since each writer brings a new inode or at least a new time and size. */
const fingerprint = (path: string): string | undefined => {
  const stats = statSync(path, { throwIfNoEntry: false, bigint: true });
  return stats && `${stats.ino}:${stats.mtimeNs}:${stats.size}`;
};

const writeSynced = (path: string, text: string): void => {
  const file = openSync(path, 'w', FILE_MODE);
  try {
    const bytes = Buffer.from(text);
    for (let offset = 0; offset < bytes.length; ) offset += writeSync(file, bytes, offset);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
};

/** Makes the rename itself durable. Windows cannot open a folder and orders renames by itself. */
const syncFolder = (path: string): void => {
  if (process.platform === 'win32') return;
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
};
