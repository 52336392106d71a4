import type { StateVector } from '@fintrack/sync-core/protocol';

const replicaBytes = 8;
const hashBytes = 16;
/** Counts up to 2^48: more changes than a person makes. */
const countBytes = 6;
const markBytes = replicaBytes + hashBytes + 2 * countBytes;

/** Replica, last number, chain hash and position of each, one after the other. */
export const packVector = (vector: StateVector): Uint8Array => {
  const marks = Object.entries(vector);
  const bytes = Buffer.alloc(marks.length * markBytes);
  for (const [index, [replica, [last, hash, seq]]] of marks.entries()) {
    let at = index * markBytes;
    at += bytes.write(replica, at, 'hex');
    at += bytes.write(hash, at, 'hex');
    at = bytes.writeUIntBE(last, at, countBytes);
    bytes.writeUIntBE(seq, at, countBytes);
  }
  return bytes;
};

/** The inverse; throws on bytes that are no whole number of marks, which only damage can bring. */
export const unpackVector = (packed: Uint8Array): StateVector => {
  const bytes = Buffer.from(packed);
  if (bytes.length % markBytes !== 0) throw new Error('a vector of the log is not whole');
  const vector: Record<string, readonly [number, string, number]> = {};
  for (let at = 0; at < bytes.length; at += markBytes) {
    const hashAt = at + replicaBytes;
    const lastAt = hashAt + hashBytes;
    vector[bytes.toString('hex', at, hashAt)] = [
      bytes.readUIntBE(lastAt, countBytes),
      bytes.toString('hex', hashAt, lastAt),
      bytes.readUIntBE(lastAt + countBytes, countBytes),
    ];
  }
  return vector;
};
