import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { extname, join, resolve, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

export type Encoding = 'br' | 'gzip' | 'identity';

export interface SiteFile {
  readonly contentType: string;
  /** Of the contents; a compressed form adds its name. */
  readonly hash: string;
  /** Compressed at the first call and kept; identity where compressing would not help. */
  readonly body: (wanted: Encoding) => Promise<EncodedBody>;
}

export interface EncodedBody {
  readonly encoding: Encoding;
  readonly bytes: Buffer;
}

export interface SiteFiles {
  /** Undefined where the path names no file inside the folder. A changed file is read anew. */
  readonly find: (path: string) => Promise<SiteFile | undefined>;
}

/** The files of a folder, ready to be sent. Hidden ones (`.vite/`) are none of them. */
export function openSiteFiles(dir: string): SiteFiles {
  const root = resolve(dir);
  const known = new Map<string, { readonly version: string; readonly file: SiteFile }>();
  return {
    find: async (path) => {
      const name = fileName(root, path);
      const version = name && (await fileVersion(name));
      if (name === undefined || version === undefined) return undefined;
      const before = known.get(name);
      if (before?.version === version) return before.file;
      const file = createSiteFile(name, await readFile(name));
      known.set(name, { version, file });
      return file;
    },
  };
}

function fileName(root: string, path: string): string | undefined {
  const segments = decodedSegments(path);
  if (segments === undefined || segments.some((segment) => segment.startsWith('.') || /[\\\0]/.test(segment))) {
    return undefined;
  }
  const name = join(root, ...segments);
  return name.startsWith(root + sep) ? name : undefined;
}

function decodedSegments(path: string): readonly string[] | undefined {
  try {
    return decodeURIComponent(path).split('/');
  } catch {
    return undefined;
  }
}

async function fileVersion(name: string): Promise<string | undefined> {
  const found = await stat(name).catch(() => undefined);
  return found?.isFile() ? `${found.mtimeMs}-${found.size}` : undefined;
}

function createSiteFile(name: string, bytes: Buffer): SiteFile {
  const contentType = contentTypes[extname(name)] ?? 'application/octet-stream';
  const encoded = new Map<Encoding, Promise<EncodedBody>>();
  const isCompressible = compressible.test(contentType) && bytes.length >= compressedFromBytes;
  return {
    contentType,
    hash: createHash('sha256').update(bytes).digest('base64url').slice(0, 22),
    body: (wanted) => {
      const encoding = isCompressible ? wanted : 'identity';
      const body = encoded.get(encoding) ?? encode(encoding, bytes);
      encoded.set(encoding, body);
      return body;
    },
  };
}

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
};

const compressible = /^text\/|json|svg/;

/** As CloudFront: below this a compressed form saves nothing. */
const compressedFromBytes = 1000;

/** About what CloudFront's own brotli reaches; the best one takes seconds for the larger files. */
const brotliQuality = 6;

async function encode(encoding: Encoding, bytes: Buffer): Promise<EncodedBody> {
  if (encoding === 'identity') return { encoding, bytes };
  const params = { [constants.BROTLI_PARAM_QUALITY]: brotliQuality };
  const compressed = await (encoding === 'br' ? promisify(brotliCompress)(bytes, { params }) : promisify(gzip)(bytes));
  return { encoding, bytes: compressed };
}
